package io.hawser.benchmarks.broadcast;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The client that publishes.
final class Publisher {
    /// Has no number, so that nobody takes it for a message that is measured.
    private static final String CALL = "who-is-there";

    private final SocketChannel channel;
    private final Dialect dialect;

    Publisher(SocketChannel channel, Dialect dialect) {
        this.channel = channel;
        this.dialect = dialect;
    }

    void call() throws IOException {
        publish(CALL);
    }

    static boolean isCall(ByteBuffer in, int from, int to) {
        return Lines.text(in, from, to).contains(CALL);
    }

    void publish(String text) throws IOException {
        var message = dialect.wire().message(dialect.publication().apply(text));
        channel.write(message);
        // The window is far below what a socket takes.
        if (message.hasRemaining()) throw new BroadcastFailed("the server does not read what is published");
    }
}
