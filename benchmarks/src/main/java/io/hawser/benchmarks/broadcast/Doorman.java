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
    private final ByteBuffer in = ByteBuffer.allocate(ROOM);

    Doorman(InetSocketAddress server) {
        this.server = server;
    }

    /// A client that is in, in blocking mode, with what was read beyond.
    record Guest(SocketChannel channel, Frames frames) {}

    Guest bring(Speaker speaker, boolean isSmall) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (isSmall) channel.setOption(StandardSocketOptions.SO_RCVBUF, SMALL_BUFFER);
            channel.socket().connect(server, TIMEOUT_MILLIS);
            write(
                    channel,
                    ISO_8859_1.encode("GET " + speaker.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort()
                            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" + speaker.fields() + "\r\n"));
            in.clear();
            int head = head(channel);
            var frames = new Frames();
            in.flip().position(head);
            in.compact();
            for (var hello : speaker.hello()) write(channel, Frames.text(hello));
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
        var heard = new boolean[] {welcome.isEmpty()};
        Frames.Sink sink = (opcode, bytes, from, to) -> {
            if (opcode == Frames.CLOSE) throw new BroadcastFailed("closed before it was welcome");
            if (new String(bytes.array(), from, to - from, ISO_8859_1).contains(welcome)) heard[0] = true;
        };
        frames.cut(in, sink);
        while (!heard[0]) {
            frames.restore(in);
            read(channel);
            frames.cut(in, sink);
        }
    }

    private void read(SocketChannel channel) throws IOException {
        if (channel.read(in) < 0) throw new EOFException("closed during the handshake");
    }

    private static void write(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) channel.write(bytes);
    }
}
