package io.hawser.internal.http.coding;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/// Inflates gzip, or deflate in either of the forms that are sent under this name. Unlike the streams of the JDK it
/// sees members of gzip that begin with a later piece, tells a stream that was cut off from one that is whole, and
/// never reads on while it has something to give.
///
/// Source: RFC 1950, 1951 and 1952; RFC 9110 section 8.4.1.2
final class InflatingStream extends InputStream {
    private static final int HEADER_CRC = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;
    private static final int RESERVED = 0xe0;

    private final InputStream in;
    private final @Nullable CRC32 crc;
    private final byte[] buffer = new byte[8 << 10];
    private int at;
    private int limit;
    private @Nullable Inflater inflater;
    private long memberBytes;
    private boolean hasBegun;
    private boolean isOver;

    private InflatingStream(InputStream in, @Nullable CRC32 crc) {
        this.in = in;
        this.crc = crc;
    }

    static InflatingStream gzip(InputStream in) {
        return new InflatingStream(in, new CRC32());
    }

    static InflatingStream zlibOrRaw(InputStream in) {
        return new InflatingStream(in, null);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
        if (count == 0) return 0;
        while (!isOver) {
            Inflater current = inflater;
            if (current == null) {
                inflater = crc == null ? bare() : member();
                continue;
            }
            int inflated = inflate(current, target, offset, count);
            if (inflated > 0) return inflated;
            if (current.finished()) {
                end(current);
            } else if (current.needsDictionary()) {
                throw new ZipException("a dictionary that nobody has");
            } else {
                if (at == limit && !fill()) throw new EOFException("cut off");
                current.setInput(buffer, at, limit - at);
                at = limit;
            }
        }
        return -1;
    }

    private int inflate(Inflater current, byte[] target, int offset, int count) throws ZipException {
        try {
            int inflated = current.inflate(target, offset, count);
            memberBytes += inflated;
            if (crc != null) crc.update(target, offset, inflated);
            return inflated;
        } catch (DataFormatException malformed) {
            throw new ZipException(String.valueOf(malformed.getMessage()));
        }
    }

    /// An empty body is an empty content, also without the form that it should have.
    private @Nullable Inflater bare() throws IOException {
        if (at == limit && !fill()) {
            isOver = true;
            return null;
        }
        if (limit - at == 1) {
            buffer[0] = buffer[at];
            int more = in.read(buffer, 1, buffer.length - 1);
            at = 0;
            limit = more < 0 ? 1 : 1 + more;
        }
        int first = buffer[at] & 0xff;
        int second = limit - at > 1 ? buffer[at + 1] & 0xff : 0;
        boolean zlib = (first & 0x0f) == 8 && first >> 4 <= 7 && (first << 8 | second) % 31 == 0;
        return new Inflater(!zlib);
    }

    /// The next member; none at the end, and none where what follows the first is no member.
    private @Nullable Inflater member() throws IOException {
        if (at == limit && !fill()) {
            isOver = true;
            return null;
        }
        if (next() != 0x1f || next() != 0x8b) {
            if (!hasBegun) throw new ZipException("not gzip");
            isOver = true;
            return null;
        }
        hasBegun = true;
        header();
        crc().reset();
        memberBytes = 0;
        return new Inflater(true);
    }

    private void header() throws IOException {
        if (next() != 8) throw new ZipException("unknown method of gzip");
        int flags = next();
        if ((flags & RESERVED) != 0) throw new ZipException("reserved flags of gzip");
        skip(6);
        if ((flags & EXTRA) != 0) skip(next() | next() << 8);
        if ((flags & NAME) != 0) skipText();
        if ((flags & COMMENT) != 0) skipText();
        if ((flags & HEADER_CRC) != 0) skip(2);
    }

    private void end(Inflater current) throws IOException {
        at = limit - current.getRemaining();
        current.end();
        inflater = null;
        if (crc == null) {
            isOver = true;
            return;
        }
        if (number() != crc().getValue()) throw new ZipException("wrong checksum");
        if (number() != (memberBytes & 0xffffffffL)) throw new ZipException("wrong length");
    }

    private CRC32 crc() {
        if (crc == null) throw new IllegalStateException("not gzip");
        return crc;
    }

    private long number() throws IOException {
        return next() | (long) next() << 8 | (long) next() << 16 | (long) next() << 24;
    }

    private void skipText() throws IOException {
        int length = 0;
        while (next() != 0) {
            if (++length > 64 << 10) throw new ZipException("a name in gzip that does not end");
        }
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) next();
    }

    private int next() throws IOException {
        if (at == limit && !fill()) throw new EOFException("cut off");
        return buffer[at++] & 0xff;
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        at = 0;
        limit = Math.max(0, read);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        isOver = true;
        if (inflater != null) inflater.end();
        inflater = null;
        in.close();
    }
}
