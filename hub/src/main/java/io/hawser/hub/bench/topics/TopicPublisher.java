package io.hawser.hub.bench.topics;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.Rejected;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Publishes numbered messages to topics, on a connection of its own.
///
/// Thread: one publishes; another, its own, reads the answers.
final class TopicPublisher implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = 20_000;

    private final Socket socket;
    private final byte[] payload;
    private final Map<String, Long> numbers = new HashMap<>();
    private final Thread reading;
    private volatile long answered;
    private volatile boolean isRefused;
    private long published;

    TopicPublisher(InetSocketAddress hub, int payloadBytes) throws IOException {
        this.socket = connect(hub);
        this.payload = new byte[Math.max(TopicFrames.STAMP_BYTES, payloadBytes)];
        socket.setTcpNoDelay(true);
        this.reading = Thread.ofPlatform().daemon().name("bench-answers").start(this::read);
        send(TopicFrames.request(TopicFrames.CONTROL, 0, "hello", Map.of("client", "bench")));
    }

    private static Socket connect(InetSocketAddress hub) {
        try {
            return new Socket(hub.getHostString(), hub.getPort());
        } catch (IOException e) {
            throw new ConnectFailed(
                    "no hub at " + hub.getHostString() + ":" + hub.getPort() + ": " + e.getMessage(), e);
        }
    }

    private void send(ByteBuffer frame) throws IOException {
        socket.getOutputStream().write(frame.array(), frame.arrayOffset(), frame.limit());
    }

    /// Publishes the next message of a topic.
    ///
    /// @param dueNanos from when its latency counts
    void publish(String topic, long dueNanos) throws IOException {
        long number = numbers.merge(topic, 1L, Long::sum);
        ByteBuffer.wrap(payload).putLong(payload.length - 16, number).putLong(payload.length - 8, dueNanos);
        Map<String, Object> pub = new LinkedHashMap<>();
        pub.put("topic", topic);
        pub.put("b", Bytes.copyOf(ByteBuffer.wrap(payload)));
        send(TopicFrames.request(TopicFrames.DATA, ++published, "pub", pub));
    }

    long published() {
        return published;
    }

    /// Waits until no more than `most` publications are not answered.
    void await(long most) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (published - answered > most) {
            if (isRefused) throw new Rejected("the hub has refused a publication", null);
            if (System.nanoTime() - end > 0) throw new Rejected("publications are not answered", null);
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void read() {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
            while (true) {
                in.readInt();
                int length = in.readInt() - TopicFrames.HEADER_BYTES;
                int type = in.readUnsignedShort();
                byte[] said = in.readNBytes(length);
                if (type == TopicFrames.DATA) answer(said);
                else if (type == TopicFrames.PING) send(TopicFrames.frame(TopicFrames.PONG, said));
            }
        } catch (IOException e) {
            // Closed, or cut: whoever waits finds out.
        }
    }

    private void answer(byte[] said) {
        if (new String(said, StandardCharsets.ISO_8859_1).contains("cerr")) isRefused = true;
        long now = answered + 1;
        answered = now;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
