package io.hawser.internal.http2;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.http.HandEngine;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.http1.HttpSettings;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.session.CloseReason;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The server's end of one HTTP/2 connection, without sockets, threads or clocks, and a client's frames.
final class Http2Wire implements AutoCloseable {
    private final HandEngine hand;
    final FakeTime time = new FakeTime();
    final StubbornChannel channel = new StubbornChannel();
    final PeerFrames peer = new PeerFrames();
    final HttpEngine engine;
    final LinkGroup group;
    final Http2Link link;

    /// Handlers that wait for a thread.
    final ArrayDeque<Runnable> waiting;

    Http2Wire(HttpConfig config, HttpHandler handler) {
        this.hand = new HandEngine(config, handler, time);
        this.engine = hand.engine;
        this.waiting = hand.waiting;
        this.group = hand.group(time);
        this.link = Http2Link.serve(group, HttpSettings.of(config, engine, hand.door), channel, null);
    }

    /// A connection whose handler runs on the loop.
    static Http2Wire of(HttpHandler handler) {
        return new Http2Wire(HttpConfig.defaults(), handler.nonBlocking());
    }

    /// The client has begun with its preface and settings, and what the server said to that is read.
    Http2Wire greeted(int... settings) {
        send(peer.preface(), peer.settings(settings));
        received();
        return this;
    }

    Http2Wire send(byte[]... parts) {
        if (channel.isActive()) channel.read(PeerFrames.join(parts));
        channel.runPendingTasks();
        return this;
    }

    /// What was written since the last call, a line for each frame.
    List<String> received() {
        channel.runPendingTasks();
        return peer.read(channel.written());
    }

    /// As [#received], without the frames of the connection itself.
    List<String> answers() {
        List<String> answers = new ArrayList<>(received());
        answers.removeIf(line -> line.startsWith("WINDOW_UPDATE") || line.startsWith("SETTINGS"));
        return answers;
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
