package io.hawser.internal.link;

import io.netty.channel.EventLoop;

/// Where the handlers of a group run.
public interface Dispatcher {
    /// Whether handlers run on the event loop itself, item by item.
    boolean runsInline();

    /// Runs `batch` on a thread of its own that may block.
    void start(EventLoop loop, Runnable batch);

    /// Marks the beginning of a turn on `loop` in which handlers run inline, for the watchdog.
    ///
    /// @return whether [#endTurn] is to be called at its end
    boolean beginTurn(EventLoop loop);

    void endTurn(EventLoop loop);
}
