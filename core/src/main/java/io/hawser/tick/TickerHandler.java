package io.hawser.tick;

/// What a [Ticker] runs: work that comes again and again.
///
/// ```java
/// public final class Prices implements TickerHandler {
///     public Schedule schedule() {
///         return Schedule.every(Duration.ofSeconds(5)).withJitter(Duration.ofMillis(500));
///     }
///
///     public void tick(Tick tick) {
///         tick.shared().map("prices", ValueCodec.text()).put("BRN", fetch("BRN"));
///     }
/// }
/// ```
///
/// The handler of a server that implements this too is noticed, also inside of filters and routers, and
/// ticks as long as the server runs.
///
/// Thread: the calls come one after another, `schedule` before `start`, and `stop` last.
public interface TickerHandler extends TickAction {
    /// When it ticks; asked once.
    Schedule schedule();

    /// Called once, before the first tick and, for the handler of a server, before the port is opened.
    ///
    /// Errors: what it throws ends the start of the ticker, and of the server.
    ///
    /// @param shared the state that the ticker was started with; that of a server's handler is the one of all
    ///     tickers of that server
    default void start(SharedState shared) throws Exception {}

    /// Called once, after the last tick.
    ///
    /// Errors: what it throws is logged.
    default void stop() throws Exception {}

    /// What logs and threads call it.
    default String name() {
        return getClass().getSimpleName();
    }

    /// A ticker of nothing but its tick.
    static TickerHandler of(String name, Schedule schedule, TickAction action) {
        return new TickerHandler() {
            @Override
            public Schedule schedule() {
                return schedule;
            }

            @Override
            public void tick(Tick tick) throws Exception {
                action.tick(tick);
            }

            @Override
            public String name() {
                return name;
            }
        };
    }
}
