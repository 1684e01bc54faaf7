package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.http.Request;
import io.hawser.internal.http.Targets;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.Map.Entry;
import java.util.NoSuchElementException;
import java.util.Set;

/// Compresses the heads and trailers that one connection sends, and writes them as frames.
///
/// It is the list of fields itself, with one iterator that is each of its entries too: a head costs no object
/// for any of these.
///
/// Thread: the event loop. Source: RFC 9113, section 6.2; RFC 7541
final class FieldWriter extends DefaultHttp2Headers implements Frame {
    private static final int MAX_TABLE_BYTES = 4 << 10;
    private static final int MAX_STATUS = 999;
    private static final int BESIDE_FIELDS = 80;
    private static final AsciiString STATUS = AsciiString.cached(":status");
    private static final AsciiString METHOD = AsciiString.cached(":method");
    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");
    private static final AsciiString PROTOCOL = AsciiString.cached(":protocol");
    private static final AsciiString SCHEME = AsciiString.cached(":scheme");
    private static final AsciiString AUTHORITY = AsciiString.cached(":authority");
    private static final AsciiString PATH = AsciiString.cached(":path");
    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");
    private static final AsciiString DATE = AsciiString.cached("date");
    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
    private static final AsciiString[] STATUSES = new AsciiString[MAX_STATUS + 1];

    /// Never put into the table of either side, so that no other stream can find out what they say.
    private static final Set<String> SENSITIVE = Set.of("set-cookie", "authorization", "proxy-authorization", "cookie");

    static {
        for (int status = 100; status <= MAX_STATUS; status++) {
            STATUSES[status] = AsciiString.cached(String.valueOf(status));
        }
    }

    private final DefaultHttp2HeadersEncoder hpack =
            new DefaultHttp2HeadersEncoder((name, value) -> SENSITIVE.contains(name.toString()), true);
    private AsciiString[] own = new AsciiString[10];
    private int ownLength;
    private AsciiString[] fields = {};
    private final Cursor cursor = new Cursor();
    private int stream;
    private boolean endsStream;
    private int sizeAround;
    private long lastLength = -1;
    private AsciiString lastLengthText = AsciiString.EMPTY_STRING;

    FieldWriter() {
        super(false, 2);
    }

    /// How large the peer lets our table be. Smaller is always allowed.
    void maxTableBytes(long allowed) {
        try {
            hpack.maxHeaderTableSize(Math.min(allowed, MAX_TABLE_BYTES));
        } catch (Http2Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// The frame of a head.
    ///
    /// @param length of the body, below zero to say nothing
    Frame head(int on, int status, Headers headers, long length, boolean last) {
        LowerFields lower = LowerFields.of(headers);
        ownLength = 0;
        own(STATUS, STATUSES[status]);
        if (!lower.hasDate() && status >= 200) own(DATE, DateField.now());
        if (length >= 0) own(CONTENT_LENGTH, lengthText(length));
        return begin(on, lower, last);
    }

    /// The frame of the head of a request. `Host` among `headers` is for the caller to leave out.
    ///
    /// @param length of the body, below zero to say nothing
    Frame request(
            int on, Request request, boolean isSecure, String authority, Headers headers, long length, boolean last) {
        ownLength = 0;
        own(METHOD, AsciiString.of(request.method().name()));
        own(SCHEME, isSecure ? HTTPS : HTTP);
        own(AUTHORITY, AsciiString.of(authority));
        own(PATH, AsciiString.of(Targets.originForm(request.method(), request.target())));
        if (length >= 0) own(CONTENT_LENGTH, lengthText(length));
        return begin(on, LowerFields.of(headers), last);
    }

    /// The frame of the head that asks for a stream for another protocol.
    Frame tunnel(int on, TunnelRequest request, boolean isSecure) {
        ownLength = 0;
        own(METHOD, CONNECT);
        own(PROTOCOL, AsciiString.of(request.protocol()));
        own(SCHEME, isSecure ? HTTPS : HTTP);
        own(AUTHORITY, AsciiString.of(request.authority()));
        own(PATH, AsciiString.of(request.path()));
        return begin(on, LowerFields.of(request.headers()), false);
    }

    /// The frame of the fields behind a body, which end their stream.
    Frame trailers(int on, Headers headers) {
        ownLength = 0;
        return begin(on, LowerFields.of(headers), true);
    }

    private Frame begin(int on, LowerFields lower, boolean last) {
        fields = lower.pairs();
        stream = on;
        endsStream = last;
        sizeAround = BESIDE_FIELDS + lower.bytes();
        for (int i = 0; i < ownLength; i++) sizeAround += own[i].length();
        return this;
    }

    private void own(AsciiString name, AsciiString value) {
        own[ownLength++] = name;
        own[ownLength++] = value;
    }

    private AsciiString lengthText(long length) {
        if (length != lastLength) {
            lastLength = length;
            lastLengthText = AsciiString.of(Long.toString(length));
        }
        return lastLengthText;
    }

    @Override
    public int sizeAround() {
        return sizeAround;
    }

    @Override
    public void write(ByteBuf to) {
        int start = to.writerIndex();
        int flags = endsStream ? FrameType.END_STREAM : 0;
        Frame.header(to, 0, FrameType.HEADERS, flags | FrameType.END_HEADERS, stream);
        try {
            hpack.encodeHeaders(stream, this, to);
        } catch (Http2Exception failure) {
            throw new IllegalStateException("a head that cannot be compressed", failure);
        }
        int length = to.writerIndex() - start - FrameType.HEADER_BYTES;
        if (length <= FrameType.MAX_PAYLOAD_BYTES) to.setMedium(start, length);
        else split(to, start, length, flags);
    }

    /// Makes continuations of what is too long for one frame.
    private void split(ByteBuf to, int start, int length, int flags) {
        int max = FrameType.MAX_PAYLOAD_BYTES;
        int first = start + FrameType.HEADER_BYTES + max;
        ByteBuf rest = to.copy(first, length - max);
        try {
            to.writerIndex(first).setMedium(start, max).setByte(start + 4, flags);
            while (rest.isReadable()) {
                int count = Math.min(max, rest.readableBytes());
                boolean isLast = count == rest.readableBytes();
                Frame.header(to, count, FrameType.CONTINUATION, isLast ? FrameType.END_HEADERS : 0, stream);
                to.writeBytes(rest, count);
            }
        } finally {
            rest.release();
        }
    }

    @Override
    public Iterator<Entry<CharSequence, CharSequence>> iterator() {
        cursor.at = -2;
        return cursor;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    /// Frees what the compression holds.
    void release() {
        hpack.close();
    }

    private final class Cursor
            implements Iterator<Entry<CharSequence, CharSequence>>, Entry<CharSequence, CharSequence> {
        private int at;

        @Override
        public boolean hasNext() {
            return at + 2 < ownLength + fields.length;
        }

        @Override
        public Entry<CharSequence, CharSequence> next() {
            if (!hasNext()) throw new NoSuchElementException();
            at += 2;
            return this;
        }

        @Override
        public CharSequence getKey() {
            return at < ownLength ? own[at] : fields[at - ownLength];
        }

        @Override
        public CharSequence getValue() {
            return at < ownLength ? own[at + 1] : fields[at + 1 - ownLength];
        }

        @Override
        public CharSequence setValue(CharSequence value) {
            throw new UnsupportedOperationException();
        }
    }
}
