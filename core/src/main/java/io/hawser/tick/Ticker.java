package io.hawser.tick;

import io.hawser.DrainReport;
import io.hawser.internal.tick.ProcessTicker;
import io.hawser.internal.tick.StoredState;
import io.hawser.internal.tick.ThreadTicker;
import java.time.Duration;

/// A [TickerHandler] at work.
///
/// ```java
/// SharedState shared = SharedState.inProcess();
/// try (Ticker ticker = Ticker.start(new Prices(), shared)) {
///     System.exit(server.run());
/// }
/// ```
///
/// Thread: safe from any.
public sealed interface Ticker extends AutoCloseable permits ThreadTicker, ProcessTicker {
    /// Starts `handler` on a virtual thread, with a state of its own.
    ///
    /// @throws io.hawser.StartupFailed if its start hook throws
    static Ticker start(TickerHandler handler) {
        return start(handler, SharedState.inProcess());
    }

    /// Starts `handler` on a virtual thread.
    ///
    /// @param shared the state that its hook and its ticks get; not closed with the ticker
    /// @throws io.hawser.StartupFailed if its start hook throws
    static Ticker start(TickerHandler handler, SharedState shared) {
        return ThreadTicker.start(handler, shared);
    }

    /// Starts a handler of `type` in a process of its own: a JVM with the flags, class path and module path
    /// of this one, which makes the handler by its public constructor without parameters and gives it
    /// `shared` over a socket, so that its hook and its ticks see what this process sees.
    ///
    /// Blocks until the start hook has run. When the process dies, another one is started after a pause that
    /// grows from 0.1 s to 10 s, and what it held locked is free; when this one dies, it ends. What it prints
    /// and logs comes to the logger `io.hawser.tick` with the name of `type`.
    ///
    /// @param type public, in a package that its module, if it has one, exports
    /// @param shared a state of this process
    /// @throws io.hawser.StartupFailed if the process does not start within 60 s, or its start hook throws
    /// @throws io.hawser.DeadlineExceeded at [io.hawser.Deadline#current()]
    /// @throws io.hawser.Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalArgumentException if `type` or its constructor without parameters is not public, or
    ///     there is none, or `shared` is the state of another process
    static Ticker fork(Class<? extends TickerHandler> type, SharedState shared) {
        return ProcessTicker.start(type, StoredState.table(shared));
    }

    String name();

    /// What it has done; a forked one as its process last reported, which it does after ticks, ten times a
    /// second at most.
    TickerStats stats();

    /// Begins no further tick, lets the one under way end within `grace`, else interrupts it, and calls the
    /// stop hook. Waits at most 5 s more for a tick or a hook that does not end, and 5 s more for the process
    /// of a forked ticker. An interrupt of the caller ends all of that; its flag stays set.
    ///
    /// @return whether a tick under way ended (completed) or was interrupted (cut)
    DrainReport drain(Duration grace);

    /// As [#drain] without a grace. Closing twice does nothing. A tick that does not heed the interrupt, and
    /// a hook that does not end, is left alone after the time, and a warning says so.
    @Override
    void close();
}
