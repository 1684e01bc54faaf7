package io.hawser.internal.http2;

import io.hawser.internal.http1.HeadLimits;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/// Decompresses the header blocks of one connection, and hands their fields to a [FieldSink] one by one.
///
/// A list that is too long is decompressed to its end, because the blocks behind it refer to what it says,
/// but not kept. A field without a name ends the connection: Netty's table of fields holds one more of them
/// than it has room to tell a full ring from an empty one, and looks for what to remove for ever.
///
/// Thread: the event loop. Source: RFC 7541; RFC 9113, section 8.2.1
final class FieldReader {
    /// The highest that Netty takes: the limit is kept here, where each field is seen before the table has it.
    private static final long NETTY_SEES_ALL = 0xffff_ffffL;
    /// Source: RFC 7541, section 4.1
    private static final int FIELD_OVERHEAD_BYTES = 32;

    private final Sink sink;
    private final int maxBytes;
    private final DefaultHttp2HeadersDecoder hpack;

    FieldReader(FieldSink parser, HeadLimits limits) {
        this.sink = new Sink(parser);
        this.maxBytes = limits.maxHeadBytes();
        this.hpack = new DefaultHttp2HeadersDecoder(false, false, NETTY_SEES_ALL) {
            @Override
            protected Http2Headers newHeaders() {
                return sink;
            }
        };
    }

    /// Reads all of `block`, whose fields the parser then has.
    ///
    /// @return false if they are more than the limits allow
    /// @throws io.hawser.ProtocolError if it cannot be decompressed, which ends the connection
    boolean read(int stream, ByteBuf block) {
        try {
            sink.leftBytes = maxBytes;
            hpack.decodeHeaders(stream, block);
            return sink.leftBytes >= 0 && !sink.parser.hasTooMany();
        } catch (Http2Exception failure) {
            throw ErrorCode.connection(ErrorCode.COMPRESSION_ERROR, String.valueOf(failure.getMessage()), "4.3");
        }
    }

    /// What the decoder puts fields into: it keeps none.
    private static final class Sink extends DefaultHttp2Headers {
        private final FieldSink parser;
        private long leftBytes;

        Sink(FieldSink parser) {
            super(false, 2);
            this.parser = parser;
        }

        @Override
        public Http2Headers add(CharSequence name, CharSequence value) {
            if (name.isEmpty()) throw new IllegalArgumentException("a field without a name");
            leftBytes -= name.length() + value.length() + FIELD_OVERHEAD_BYTES;
            if (leftBytes >= 0) parser.field((AsciiString) name, (AsciiString) value);
            return this;
        }
    }
}
