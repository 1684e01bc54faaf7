package io.hawser.internal.http1;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.tcp.Door;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ListenConfig;
import io.hawser.testing.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The server's end of one HTTP/1.1 connection, without sockets, threads or clocks.
final class Http1Wire implements AutoCloseable {
    private static final Pattern DATE =
            Pattern.compile("Date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n");

    private final HttpConfig config;
    private final Door door;
    private final HttpEngine engine;
    final FakeTime time = new FakeTime();
    final StubbornChannel channel = new StubbornChannel();
    final LinkGroup group;
    final Http1Link link;

    /// Handlers that wait for a thread.
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    Http1Wire(HttpConfig config, HttpHandler handler) {
        this.config = config;
        this.group = group(config);
        this.door = new Door(ListenConfig.on("127.0.0.1:0"), time);
        this.engine = new HttpEngine(
                handler,
                Optional.empty(),
                config,
                mode -> (loop, work) -> {
                    if (mode == ExecutionMode.EVENT_LOOP) work.run();
                    else waiting.add(work);
                },
                door);
        this.link = start();
    }

    private Http1Wire(Http1Wire sharing) {
        this.config = sharing.config;
        this.group = group(config);
        this.door = sharing.door;
        this.engine = sharing.engine;
        this.link = start();
    }

    /// A second connection of the same server. Owner: closed with `use`.
    static void sharing(Http1Wire first, Consumer<Http1Wire> use) {
        try (Http1Wire second = new Http1Wire(first)) {
            use.accept(second);
        }
    }

    private LinkGroup group(HttpConfig of) {
        ConnectionLimits limits = ConnectionLimits.defaults()
                .withIdleTimeout(of.idleTimeout())
                .withStallTimeout(of.stallTimeout())
                .withFrameTimeout(Duration.ofDays(1));
        return new LinkGroup(limits, HandDispatcher.inline(), false, time);
    }

    private Http1Link start() {
        Http1Link started = new Http1Link(group, HttpSettings.of(config, engine, door), channel);
        channel.pipeline().addLast(started);
        started.start(null);
        return started;
    }

    static Http1Wire of(HttpHandler handler) {
        return new Http1Wire(HttpConfig.defaults(), handler.nonBlocking());
    }

    Http1Wire send(String text) {
        if (channel.isActive()) channel.read(text.getBytes(StandardCharsets.ISO_8859_1));
        channel.runPendingTasks();
        return this;
    }

    /// What was written since the last call, without dates.
    String received() {
        channel.runPendingTasks();
        return DATE.matcher(new String(channel.written(), StandardCharsets.ISO_8859_1))
                .replaceAll("");
    }

    void runHandlers() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) next.run();
        channel.runPendingTasks();
    }

    void drain() {
        link.drain(CloseReason.DRAIN);
        channel.runPendingTasks();
    }

    boolean isOpen() {
        channel.runPendingTasks();
        return channel.isActive();
    }

    void pass(Duration duration) {
        for (long step = 0; step < duration.toMillis() / 500; step++) {
            time.pass(Duration.ofMillis(500));
            channel.passMillis(500);
        }
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
