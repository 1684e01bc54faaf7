package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/// RESP 2, the protocol of Redis: a published message is an array of three strings.
///
/// Source: redis.io, Redis serialization protocol specification
final class RedisWire implements Wire {
    @Override
    public ByteBuffer message(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    @Override
    public int take(ByteBuffer in, int at, int end, Sink sink) throws IOException {
        int length = length(in, at, end);
        if (length == 0) return 0;
        if (in.get(at) == '-') throw new BroadcastFailed("refused: " + Lines.text(in, at, at + length - 2));
        sink.text(in, at, at + length);
        return length;
    }

    /// Of the element at `at`; 0 if it is not whole yet.
    private static int length(ByteBuffer in, int at, int end) {
        int next = Lines.end(in, at, end);
        if (next < 0) return 0;
        if (in.get(at) == '$') {
            next += Lines.lastNumber(in, next - 2) + 2;
            return next <= end ? next - at : 0;
        }
        if (in.get(at) != '*') return next - at;
        for (int left = Lines.lastNumber(in, next - 2); left > 0; left--) {
            int length = length(in, next, end);
            if (length == 0) return 0;
            next += length;
        }
        return next - at;
    }
}
