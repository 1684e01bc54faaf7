package io.hawser.tick;

import io.hawser.DrainReport;
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
public sealed interface Ticker extends AutoCloseable permits ThreadTicker {
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

    String name();

    TickerStats stats();

    /// Begins no further tick, lets the one under way end within `grace`, else interrupts it, and calls the
    /// stop hook.
    ///
    /// @return whether a tick under way ended (completed) or was interrupted (cut)
    DrainReport drain(Duration grace);

    /// Interrupts a tick under way, and stops. Closing twice does nothing.
    ///
    /// Waits for at most 5 s: a tick that does not heed the interrupt is left alone, and a warning says so.
    @Override
    void close();
}
