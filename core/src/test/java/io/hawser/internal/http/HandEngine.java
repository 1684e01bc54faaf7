package io.hawser.internal.http;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.Door;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ListenConfig;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;

/// The engine of a server of HTTP whose handlers, but for those on the loop, run when the test says so.
public final class HandEngine {
    public final HttpConfig config;
    public final Door door;
    public final HttpEngine engine;

    /// Handlers that wait for a thread.
    public final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    public HandEngine(HttpConfig config, HttpHandler handler, FakeTime time) {
        this.config = config;
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
    }

    /// A group for links of this server.
    public LinkGroup group(FakeTime time) {
        ConnectionLimits limits = ConnectionLimits.defaults()
                .withIdleTimeout(config.idleTimeout())
                .withStallTimeout(config.stallTimeout())
                .withFrameTimeout(Duration.ofDays(1));
        return new LinkGroup(limits, HandDispatcher.inline(), false, time);
    }

    public void runHandlers() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) next.run();
    }
}
