package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import java.util.function.LongFunction;

/// What an echo sends back, compared with what was sent, chunk by chunk, so that nothing has to be kept
/// between reads.
///
/// State: `offset` bytes of the answer to request `completed` have come and were right.
public final class EchoStream {
    /// Everything was as expected.
    public static final int RIGHT = -1;

    private final int answerBytes;
    private final LongFunction<ByteBuffer> expected;
    private long completed;
    private int offset;

    /// @param answerBytes length of every answer
    /// @param expected the answer to a request, whole from index 0, valid until the next is asked for
    public EchoStream(int answerBytes, LongFunction<ByteBuffer> expected) {
        this.answerBytes = answerBytes;
        this.expected = expected;
    }

    public long completed() {
        return completed;
    }

    /// How much of the next answer has come.
    int offset() {
        return offset;
    }

    /// Consumes `in` up to the chunk that is wrong.
    ///
    /// @return [#RIGHT], or where in its answer the first wrong byte is
    public int consume(ByteBuffer in) {
        int end = in.limit();
        while (in.position() < end) {
            ByteBuffer answer = expected.apply(completed);
            int chunk = Math.min(end - in.position(), answerBytes - offset);
            answer.limit(offset + chunk).position(offset);
            in.limit(in.position() + chunk);
            int difference = in.mismatch(answer);
            in.limit(end);
            if (difference >= 0) return offset + difference;
            in.position(in.position() + chunk);
            offset += chunk;
            if (offset == answerBytes) {
                offset = 0;
                completed++;
            }
        }
        return RIGHT;
    }
}
