package io.hawser.internal.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.testing.FakeTime;
import io.hawser.websocket.WebSocketConfig;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The server's end of one WebSocket connection, without sockets, threads or clocks. It writes and reads
/// frames by its own code, and writes down what the handler is told.
final class Wire implements AutoCloseable, SessionHandler {
    private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

    /// A frame as it lies on the wire.
    @SuppressWarnings("ArrayRecordComponent") // equal by content, see below
    record Frame(int first, byte... payload) {
        String text() {
            return new String(payload, UTF_8);
        }

        int closeCode() {
            return payload.length < 2 ? 0 : ((payload[0] & 0xFF) << 8) | (payload[1] & 0xFF);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Frame that && first == that.first && Arrays.equals(payload, that.payload);
        }

        @Override
        public int hashCode() {
            return first + Arrays.hashCode(payload);
        }

        @Override
        public String toString() {
            return Integer.toHexString(first) + "[" + payload.length + "] " + text();
        }
    }

    final FakeTime time = new FakeTime();
    final StubbornChannel channel = new StubbornChannel();
    final HandDispatcher dispatcher;
    final SessionRegistry sessions;
    final WebSocketServerLink link;
    final List<String> told = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    private final boolean echoes;
    private byte[] unread = new byte[0];

    Wire(WebSocketConfig config, Agreed agreed, boolean inline, boolean echoes) {
        this.dispatcher = inline ? HandDispatcher.inline() : HandDispatcher.queued();
        this.echoes = echoes;
        sessions = new SessionRegistry(config.session(), this, dispatcher, false, time);
        WebSocketSettings settings = WebSocketSettings.of(false, config);
        link = new WebSocketServerLink(
                sessions, settings, FrameWriter.ofServer(config.fragmentBytes()), this, agreed, channel);
        channel.pipeline().addLast(link);
        link.start(null);
        dispatcher.runAll();
    }

    static Wire echo() {
        return new Wire(WebSocketConfig.defaults(), Agreed.NOTHING, true, true);
    }

    static Wire echo(WebSocketConfig config) {
        return new Wire(config, Agreed.NOTHING, true, true);
    }

    static Wire silent(WebSocketConfig config) {
        return new Wire(config, Agreed.NOTHING, true, false);
    }

    static Wire queued() {
        return new Wire(WebSocketConfig.defaults(), Agreed.NOTHING, false, true);
    }

    static Wire compressed(DeflateTerms terms) {
        return new Wire(WebSocketConfig.defaults(), new Agreed(Optional.empty(), Optional.of(terms)), true, true);
    }

    /// A client's frame: `first` has opcode and flags.
    static byte[] frame(int first, byte... payload) {
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length).put((byte) first);
        if (payload.length < 126) out.put((byte) (0x80 | payload.length));
        else if (payload.length < 65536) out.put((byte) 0xFE).putShort((short) payload.length);
        else out.put((byte) 0xFF).putLong(payload.length);
        out.put(MASK);
        for (int i = 0; i < payload.length; i++) out.put((byte) (payload[i] ^ MASK[i % 4]));
        return Arrays.copyOf(out.array(), out.position());
    }

    static byte[] frame(int first, String payload) {
        return frame(first, payload.getBytes(UTF_8));
    }

    static byte[] close(int code, String message) {
        byte[] text = message.getBytes(UTF_8);
        return frame(
                0x88,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    Wire receive(byte[]... parts) {
        channel.read(join(parts));
        return this;
    }

    /// How messages that are for many are encoded for it.
    Object form() {
        return Objects.requireNonNull(link.wireForm());
    }

    /// Frames written since the last call.
    List<Frame> sent() {
        channel.runPendingTasks();
        ByteBuffer in = ByteBuffer.wrap(join(unread, channel.written()));
        List<Frame> frames = new ArrayList<>();
        while (in.remaining() >= 2) {
            int first = in.get() & 0xFF;
            int length = in.get();
            if (length < 0) throw new AssertionError("a server's frame with a mask");
            long bytes = length == 126 ? in.getShort() & 0xFFFF : length == 127 ? in.getLong() : length;
            byte[] payload = new byte[(int) bytes];
            in.get(payload);
            frames.add(new Frame(first, payload));
        }
        unread = Arrays.copyOfRange(in.array(), in.position(), in.limit());
        return frames;
    }

    Frame sentLast() {
        return sent().getLast();
    }

    void pass(Duration duration) {
        channel.pass(time, duration);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void opened(Session session) {
        told.add("opened");
    }

    @Override
    public void message(Session session, Message message) {
        told.add((message.isText() ? "text " : "binary ") + (message.size() > 100 ? message.size() : message.text()));
        messages.add(message.keep());
        if (echoes) session.offer(message);
    }

    @Override
    public void closed(Session session, CloseReason reason) {
        told.add("closed " + reason.code());
    }

    @Override
    public void close() {
        dispatcher.runAll();
        channel.finishAndReleaseAll();
        dispatcher.runAll();
        channel.releaseOutbound();
    }
}
