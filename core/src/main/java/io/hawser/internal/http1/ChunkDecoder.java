package io.hawser.internal.http1;

import io.hawser.http.Headers;
import io.hawser.internal.http.Names;

/// Takes the chunked coding off a body: a table of states, fed with whatever has come.
///
/// A size is hexadecimal digits and nothing around them, lines end in CR LF, and what follows a chunk is CR
/// LF: a reader that is lenient here can be led to take body for request. Extensions are passed over; all
/// those of one body may have no more octets than a head.
///
/// Source: RFC 9112, section 7.1
final class ChunkDecoder {
    private enum State {
        SIZE,
        EXTENSION,
        SIZE_LF,
        DATA,
        DATA_CR,
        DATA_LF,
        TRAILER,
        END
    }

    private static final int MAX_SIZE_DIGITS = 15;

    private final HeadLimits limits;
    private final FieldParser trailer;
    private State state = State.SIZE;
    private long left;
    private int digits;
    private int extensionBytes;
    private int written;

    ChunkDecoder(HeadLimits limits) {
        this.limits = limits;
        this.trailer = new FieldParser(limits);
    }

    void begin() {
        state = State.SIZE;
        left = 0;
        digits = 0;
        extensionBytes = 0;
        trailer.begin(0);
    }

    /// Reads `in` from `start` on until the body ends, and moves what is data to the front: into `out` from
    /// 0 on, which may be `in` itself. [#written()] says how much that is.
    ///
    /// @return the index behind what was taken; a part of a trailer line is left
    int decode(byte[] in, int start, int limit, byte[] out) {
        int at = start;
        written = 0;
        while (at < limit && state != State.END) {
            switch (state) {
                case DATA -> at = data(in, at, limit, out);
                case TRAILER -> {
                    int next = trailerLine(in, at, limit);
                    if (next == FieldParser.INCOMPLETE) return at;
                    at = next;
                }
                default -> delimiter(in[at++]);
            }
        }
        return at;
    }

    private int data(byte[] in, int at, int limit, byte[] out) {
        int count = (int) Math.min(left, limit - at);
        System.arraycopy(in, at, out, written, count);
        written += count;
        left -= count;
        if (left == 0) state = State.DATA_CR;
        return at + count;
    }

    private void delimiter(byte octet) {
        switch (state) {
            case SIZE -> size(octet);
            case EXTENSION -> {
                if (octet == Octets.CR) state = State.SIZE_LF;
                else if (!Octets.isValue(octet)) throw BadHttp.chunk("bad chunk extension");
                else if (++extensionBytes > limits.maxHeadBytes()) throw BadHttp.chunk("chunk extensions too long");
            }
            case SIZE_LF -> {
                require(octet, Octets.LF);
                digits = 0;
                state = left == 0 ? State.TRAILER : State.DATA;
            }
            case DATA_CR -> {
                require(octet, Octets.CR);
                state = State.DATA_LF;
            }
            case DATA_LF -> {
                require(octet, Octets.LF);
                state = State.SIZE;
            }
            default -> throw new IllegalStateException("no delimiter in " + state);
        }
    }

    private void size(byte octet) {
        int digit = Octets.hex(octet);
        if (digit >= 0) {
            if (++digits > MAX_SIZE_DIGITS) throw BadHttp.chunk("chunk size too large");
            left = left << 4 | digit;
        } else if (digits > 0 && octet == Octets.CR) {
            state = State.SIZE_LF;
        } else if (digits > 0 && octet == ';') {
            state = State.EXTENSION;
        } else {
            throw BadHttp.chunk("bad chunk size");
        }
    }

    private static void require(byte octet, byte expected) {
        if (octet != expected) throw BadHttp.chunk("bad end of a chunk or of its size");
    }

    private int trailerLine(byte[] in, int at, int limit) {
        int next = trailer.line(in, at, limit);
        if (next == FieldParser.INCOMPLETE) return next;
        if (trailer.hasEnded()) {
            state = State.END;
            return next;
        }
        switch (trailer.lastName()) {
            case Names.CONTENT_LENGTH, Names.TRANSFER_ENCODING, Names.HOST, Names.CONNECTION ->
                throw BadHttp.chunk("a field that belongs into the head");
            default -> {
                // may be there
            }
        }
        return next;
    }

    /// How many octets of data the last call gave.
    int written() {
        return written;
    }

    boolean hasEnded() {
        return state == State.END;
    }

    /// The trailer, once.
    Headers takeTrailer() {
        return trailer.take();
    }
}
