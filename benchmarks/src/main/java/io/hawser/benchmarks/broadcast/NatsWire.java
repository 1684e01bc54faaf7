package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The client protocol of NATS: lines, and behind a line of `MSG` as many bytes as it says.
///
/// Source: docs.nats.io, Client Protocol
final class NatsWire implements Wire {
    @Override
    public ByteBuffer message(String text) {
        return ByteBuffer.wrap(text.getBytes(ISO_8859_1));
    }

    @Override
    public int take(ByteBuffer in, int at, int end, Sink sink) throws IOException {
        int payload = Lines.end(in, at, end);
        if (payload < 0) return 0;
        switch (in.get(at)) {
            case 'M' -> {
                int length = Lines.lastNumber(in, payload - 2);
                if (end - payload < length + 2) return 0;
                sink.text(in, payload, payload + length);
                return payload + length + 2 - at;
            }
            case '-' -> throw new BroadcastFailed("refused: " + Lines.text(in, at, payload - 2));
            default -> {
                if (Lines.text(in, at, payload - 2).equals("PING")) sink.asked(message("PONG\r\n"));
                else sink.text(in, at, payload - 2);
            }
        }
        return payload - at;
    }
}
