package io.hawser.internal.http1;

import io.hawser.http.Headers;
import io.netty.buffer.ByteBuf;

/// Reads the heads of the messages on one connection, line by line as they come.
///
/// Thread: the event loop.
abstract sealed class HeadParser permits RequestParser, AnswerParser {
    /// What is looked at first: most heads are shorter, and what is behind them would be copied for nothing,
    /// which is a long body, or all the requests that follow in a pipeline.
    static final int FIRST_BYTES = 2 << 10;

    protected final HeadLimits limits;
    protected final FieldParser fields;
    protected final BodyFraming framing = new BodyFraming();

    HeadParser(HeadLimits limits) {
        this.limits = limits;
        this.fields = new FieldParser(limits);
    }

    /// Takes whole lines from the beginning of `in`, until the head is complete.
    ///
    /// @param seen how many octets of `in` were there before, and made no line
    /// @return whether the head is complete
    /// @throws io.hawser.ProtocolError for what is no head
    final boolean read(ByteBuf in, int seen, Scratch scratch) {
        int start = in.readerIndex();
        int end = in.writerIndex();
        // An unfinished line is read again from its beginning: not for every byte that comes, only for its end.
        boolean mayEndLine =
                seen == 0 || end - start > limits.maxLineBytes() || in.indexOf(start + seen, end, Octets.LF) >= 0;
        if (!mayEndLine) return false;
        byte[] octets = scratch.in;
        boolean isAll = end - start <= FIRST_BYTES;
        return read(in, octets, FIRST_BYTES) || (!isAll && read(in, octets, octets.length));
    }

    private boolean read(ByteBuf in, byte[] octets, int most) {
        int count = Math.min(in.readableBytes(), most);
        in.getBytes(in.readerIndex(), octets, 0, count);
        in.skipBytes(parse(octets, 0, count));
        return isComplete();
    }

    /// Reads whole lines of `in` from `start` on, until the head is complete.
    ///
    /// @return the index behind the last line that was taken
    /// @throws io.hawser.ProtocolError for what is no head
    abstract int parse(byte[] in, int start, int limit);

    abstract boolean isComplete();

    /// The fields of the head, once.
    final Headers takeHeaders() {
        return fields.take();
    }

    final BodyFraming framing() {
        return framing;
    }
}
