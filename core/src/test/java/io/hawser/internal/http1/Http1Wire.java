package io.hawser.internal.http1;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.http.HandEngine;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.session.CloseReason;
import io.hawser.testing.FakeTime;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// The server's end of one HTTP/1.1 connection, without sockets, threads or clocks.
final class Http1Wire implements AutoCloseable {
    private static final Pattern DATE =
            Pattern.compile("Date: [A-Z][a-z]{2}, \\d\\d [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT\r\n");

    private final HandEngine hand;
    final FakeTime time = new FakeTime();
    final StubbornChannel channel = new StubbornChannel();
    final LinkGroup group;
    final Http1Link link;

    /// Handlers that wait for a thread.
    final ArrayDeque<Runnable> waiting;

    Http1Wire(HttpConfig config, HttpHandler handler) {
        this.hand = new HandEngine(config, handler, time);
        this.waiting = hand.waiting;
        this.group = hand.group(time);
        this.link = start();
    }

    private Http1Wire(Http1Wire sharing) {
        this.hand = sharing.hand;
        this.waiting = hand.waiting;
        this.group = hand.group(time);
        this.link = start();
    }

    /// A second connection of the same server. Owner: closed with `use`.
    static void sharing(Http1Wire first, Consumer<Http1Wire> use) {
        try (Http1Wire second = new Http1Wire(first)) {
            use.accept(second);
        }
    }

    private Http1Link start() {
        Http1Link started = new Http1Link(group, HttpSettings.of(hand.config, hand.engine, hand.door), channel);
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
        hand.runHandlers();
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
        channel.pass(time, duration);
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
    }
}
