package io.hawser.benchmarks.broadcast;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// Brings clients through the upgrade and what their server wants to hear then, one after the other.
///
/// Thread: one.
final class Doorman {
    private static final int ROOM = 64 * 1024;
    private static final int TIMEOUT_MILLIS = 10_000;
    /// So that a client that does not read is noticed soon.
    private static final int SMALL_BUFFER = 4096;

    private final InetSocketAddress server;
    private final Wire wire;
    private final ByteBuffer in = ByteBuffer.allocate(ROOM);

    Doorman(InetSocketAddress server, Wire wire) {
        this.server = server;
        this.wire = wire;
    }

    /// A client that is in, in blocking mode, with what was read beyond.
    record Guest(SocketChannel channel, Frames frames) {}

    Guest bring(Speaker speaker, boolean isSmall) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (isSmall) channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            channel.socket().connect(server, TIMEOUT_MILLIS);
            channel.socket().setSoTimeout(TIMEOUT_MILLIS);
            in.clear();
            var upgrade = wire.upgrade(speaker, server.getPort());
            if (!upgrade.isEmpty()) {
                write(channel, ISO_8859_1.encode(upgrade));
                int head = head(channel);
                in.flip().position(head);
                in.compact();
            }
            var frames = new Frames(wire);
            for (var hello : speaker.hello()) write(channel, wire.message(hello));
            await(channel, frames, speaker.welcome());
            return new Guest(channel, frames);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /// Where the head of the answer ends.
    private int head(SocketChannel channel) throws IOException {
        while (true) {
            read(channel);
            var text = new String(in.array(), 0, in.position(), ISO_8859_1);
            int end = text.indexOf("\r\n\r\n");
            if (end < 0) continue;
            if (!text.startsWith("HTTP/1.1 101")) throw new BroadcastFailed("handshake refused");
            return end + 4;
        }
    }

    private void await(SocketChannel channel, Frames frames, String welcome) throws IOException {
        var sink = new Listening(channel, welcome);
        frames.cut(in, sink);
        while (!sink.heard) {
            frames.restore(in);
            read(channel);
            frames.cut(in, sink);
        }
    }

    /// Waits for the welcome.
    private static final class Listening implements Wire.Sink {
        private final SocketChannel channel;
        private final String welcome;
        private boolean heard;

        Listening(SocketChannel channel, String welcome) {
            this.channel = channel;
            this.welcome = welcome;
            this.heard = welcome.isEmpty();
        }

        @Override
        public void text(ByteBuffer bytes, int from, int to) {
            if (!heard) heard = Lines.text(bytes, from, to).contains(welcome);
        }

        @Override
        public void asked(ByteBuffer answer) throws IOException {
            write(channel, answer);
        }
    }

    private void read(SocketChannel channel) throws IOException {
        if (!in.hasRemaining()) throw new BroadcastFailed("more than " + ROOM + " bytes before the welcome");
        // The stream of the socket, because a channel knows no timeout.
        int count = channel.socket().getInputStream().read(in.array(), in.position(), in.remaining());
        if (count < 0) throw new EOFException("closed during the handshake");
        in.position(in.position() + count);
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }
}
