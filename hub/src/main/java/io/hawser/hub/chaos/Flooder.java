package io.hawser.hub.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// Opens connections from one address at a steady rate, asks once on each, and keeps those that are answered
/// well.
///
/// Thread: the caller's.
final class Flooder implements AutoCloseable {
    /// More on their way would fill the server's listen queue, in which others stand, too.
    private static final int MOST_UNDER_WAY = 1000;

    private static final int STATUS_BYTES = "HTTP/1.1 200".length();
    private static final int OK = 200;
    private static final long LOOK_MILLIS = 1;

    /// What became of the connections of a flood.
    ///
    /// @param opened of which the server's system knows
    /// @param answered well, and kept until the end
    /// @param refused with a status of 4xx or 5xx
    /// @param cut without an answer
    record Tally(int opened, int answered, int refused, int cut) {
        static final Tally NONE = new Tally(0, 0, 0, 0);
    }

    private final InetSocketAddress target;
    private final InetAddress from;
    private final byte[] question;
    private final Selector selector = Selector.open();
    private final Set<SocketChannel> open = new HashSet<>();
    private final ByteBuffer in = ByteBuffer.allocate(4096);
    private int underWay;
    private int opened;
    private int answered;
    private int refused;
    private int cut;

    /// What has been read of one answer, as far as it says the status.
    private static final class Reply {
        private final StringBuilder head = new StringBuilder(STATUS_BYTES);
        private boolean isKnown;
    }

    Flooder(InetSocketAddress target, InetAddress from, String path) throws IOException {
        this.target = target;
        this.from = from;
        this.question = ("GET " + path + " HTTP/1.1\r\nHost: flood\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
    }

    /// Opens `connections` over `time`, and lets go of them at its end.
    Tally flood(int connections, Duration time) throws IOException, InterruptedException {
        long start = System.nanoTime();
        long nanos = time.toNanos();
        int begun = 0;
        for (long gone = 0; gone < nanos; gone = System.nanoTime() - start) {
            if (Thread.interrupted()) throw new InterruptedException();
            long due = Math.min(connections, (long) ((double) gone / nanos * connections) + 1);
            for (; begun < due && underWay < MOST_UNDER_WAY; begun++) begin();
            selector.select(key -> look(key), LOOK_MILLIS);
        }
        return new Tally(opened, answered, refused, cut);
    }

    private void begin() throws IOException {
        SocketChannel channel = SocketChannel.open();
        open.add(channel);
        underWay++;
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        // A reset at the end leaves no port behind that has to wait.
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.bind(new InetSocketAddress(from, 0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_CONNECT, new Reply());
        channel.connect(target);
    }

    private void look(SelectionKey key) {
        SocketChannel channel = (SocketChannel) key.channel();
        Reply reply = (Reply) key.attachment();
        try {
            if (key.isConnectable() && channel.finishConnect()) {
                opened++;
                channel.write(ByteBuffer.wrap(question));
                key.interestOps(SelectionKey.OP_READ);
            } else if (key.isReadable()) {
                read(channel, reply);
            }
        } catch (IOException gone) {
            ended(channel, reply);
        }
    }

    private void read(SocketChannel channel, Reply reply) throws IOException {
        int count = channel.read(in.clear());
        if (count < 0) {
            ended(channel, reply);
            return;
        }
        in.flip();
        if (reply.isKnown) return;
        while (in.hasRemaining() && reply.head.length() < STATUS_BYTES) reply.head.append((char) in.get());
        if (reply.head.length() < STATUS_BYTES) return;
        reply.isKnown = true;
        underWay--;
        if (reply.head.toString().endsWith(" " + OK)) {
            answered++;
        } else {
            refused++;
            forget(channel);
        }
    }

    private void ended(SocketChannel channel, Reply reply) {
        if (!reply.isKnown) {
            underWay--;
            cut++;
        }
        forget(channel);
    }

    private void forget(SocketChannel channel) {
        open.remove(channel);
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone all the same.
        }
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : Set.copyOf(open)) forget(channel);
        selector.close();
    }
}
