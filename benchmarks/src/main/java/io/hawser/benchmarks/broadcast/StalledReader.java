package io.hawser.benchmarks.broadcast;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// A subscriber who asks and does not listen: it pings until the server takes no more of it, so that the
/// answers fill all that the systems of both ends keep for a connection, and then does nothing. Whatever the
/// server sends it from then on stays with the server.
///
/// Without that, a text of 128 bytes goes on being taken by the systems for minutes, and nobody has stalled.
public final class StalledReader implements AutoCloseable {
    /// What a server that goes on reading may be given: more than any system keeps.
    private static final int MOST_PINGS = (8 << 20) / 125;

    private static final int PINGS_AT_ONCE = 256;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int PAUSES = 15;

    private final SocketChannel channel;
    private boolean isHeldBack;

    private StalledReader(SocketChannel channel) {
        this.channel = channel;
    }

    static StalledReader of(SocketChannel channel) throws IOException, InterruptedException {
        var reader = new StalledReader(channel);
        try {
            reader.fill();
            return reader;
        } catch (IOException | InterruptedException e) {
            reader.close();
            throw e;
        }
    }

    private void fill() throws IOException, InterruptedException {
        channel.configureBlocking(false);
        var ping = WebSocketWire.longestPing();
        var pings = ByteBuffer.allocate(PINGS_AT_ONCE * ping.remaining());
        while (pings.hasRemaining()) pings.put(ping.duplicate());
        int refused = 0;
        for (int sent = 0; refused < PAUSES && sent < MOST_PINGS; ) {
            if (!pings.hasRemaining()) {
                pings.rewind();
                sent += PINGS_AT_ONCE;
            }
            if (channel.write(pings) > 0) {
                refused = 0;
            } else {
                refused++;
                Thread.sleep(PAUSE);
            }
        }
        isHeldBack = refused == PAUSES;
    }

    /// Whether the server stopped reading it. One that did not keeps all of its answers in its own memory.
    public boolean isHeldBack() {
        return isHeldBack;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
