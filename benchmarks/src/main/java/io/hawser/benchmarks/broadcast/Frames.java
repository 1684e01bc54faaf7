package io.hawser.benchmarks.broadcast;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Cuts what a server sends into whole messages, wherever reads cut it.
///
/// Thread: that of its connection.
final class Frames {
    private static final byte[] NOTHING = new byte[0];

    private final Wire wire;
    private byte[] rest = NOTHING;

    Frames(Wire wire) {
        this.wire = wire;
    }

    /// What has come of a message that is not whole yet, at the beginning of `in`; more is read behind it.
    void restore(ByteBuffer in) {
        in.clear().put(rest);
    }

    /// Tells `sink` of the whole messages between 0 and the position of `in`, and keeps what is left.
    void cut(ByteBuffer in, Wire.Sink sink) throws IOException {
        int end = in.position();
        int at = 0;
        for (int taken = 1; taken > 0 && at < end; at += taken) taken = wire.take(in, at, end, sink);
        if (at == end) {
            rest = NOTHING;
            return;
        }
        if (end == in.capacity() && at == 0) throw new BroadcastFailed("a message that is longer than any should be");
        rest = new byte[end - at];
        in.get(at, rest);
    }
}
