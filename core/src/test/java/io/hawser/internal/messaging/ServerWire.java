package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborValues;
import io.hawser.internal.link.FramingDriver;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.SessionHandler;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The server's end of one MSGI connection, without sockets, threads or clocks.
final class ServerWire implements AutoCloseable {
    static final Bytes HELLO = new Greeting.Hello(1, "web-7", Optional.empty(), List.of()).encoded();

    final FakeTime time = new FakeTime();
    final StubbornChannel channel = new StubbornChannel();
    final HandDispatcher dispatcher;
    final SessionRegistry sessions;
    final MsgiServerLink link;
    private final FramingDriver<Frame> out = new FramingDriver<>(MsgiFraming.of(4 << 20));
    private int asked;

    private ServerWire(MessagingConfig config, HandDispatcher dispatcher, SessionHandler handler) {
        this.dispatcher = dispatcher;
        sessions = new SessionRegistry(config.session(), handler, dispatcher, false, time);
        link = new MsgiServerLink(sessions, MsgiSettings.of(config), channel);
        channel.pipeline().addLast(link);
        link.start(null);
    }

    static ServerWire inline(MessagingConfig config, SessionHandler handler) {
        return new ServerWire(config, HandDispatcher.inline(), handler);
    }

    static ServerWire inline(SessionHandler handler) {
        return inline(MessagingConfig.defaults(), handler);
    }

    static ServerWire queued(MessagingConfig config, SessionHandler handler) {
        return new ServerWire(config, HandDispatcher.queued(), handler);
    }

    static ServerWire queued(SessionHandler handler) {
        return queued(MessagingConfig.defaults(), handler);
    }

    static byte[] frames(Frame... frames) {
        return FramingDriver.encode(MsgiFraming.of(4 << 20), List.of(frames));
    }

    static Frame data(String text) {
        return new Frame(FrameType.DATA, Bytes.ofUtf8(text));
    }

    static Frame data(int size) {
        return data("x".repeat(size));
    }

    static Frame control(Bytes payload) {
        return new Frame(FrameType.CONTROL, payload);
    }

    static Map<String, Object> map(Frame frame) {
        return CborValues.readMap(CborReader.of(frame.payload(), 8));
    }

    /// The code in an ERROR or DISCONNECT.
    static long code(Frame goodbye) {
        return (Long) map(goodbye).getOrDefault("code", 0L);
    }

    ServerWire receive(Frame... frames) {
        channel.read(frames(frames));
        return this;
    }

    ServerWire greet() {
        receive(control(HELLO));
        dispatcher.runAll();
        sent();
        return this;
    }

    /// Frames written since the last call.
    List<Frame> sent() {
        channel.runPendingTasks();
        out.feed(channel.written());
        List<Frame> all = out.frames();
        List<Frame> fresh = List.copyOf(all.subList(asked, all.size()));
        asked = all.size();
        return fresh;
    }

    Frame sentLast() {
        return sent().getLast();
    }

    void pass(Duration duration) {
        channel.pass(time, duration);
    }

    boolean isReading() {
        return channel.config().isAutoRead();
    }

    @Override
    public void close() {
        dispatcher.runAll();
        channel.finishAndReleaseAll();
        dispatcher.runAll();
    }
}
