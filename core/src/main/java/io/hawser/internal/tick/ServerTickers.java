package io.hawser.internal.tick;

import io.hawser.Decorator;
import io.hawser.tick.SharedState;
import io.hawser.tick.Ticker;
import io.hawser.tick.TickerHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The tickers among the handlers of one server.
///
/// Thread: safe from any.
public record ServerTickers(List<Ticker> running) {
    /// Starts those of `handlers`, and of what these hand over to, that are tickers too, with one state
    /// for all.
    ///
    /// @throws io.hawser.StartupFailed if a start hook throws; the others are stopped then
    public static ServerTickers start(List<?> handlers) {
        List<Ticker> started = new ArrayList<>();
        SharedState shared = SharedState.inProcess();
        try {
            handlers.stream()
                    .flatMap(Decorator::allWithin)
                    .filter(TickerHandler.class::isInstance)
                    .distinct()
                    .forEach(handler -> started.add(Ticker.start((TickerHandler) handler, shared)));
        } catch (RuntimeException e) {
            started.forEach(Ticker::close);
            throw e;
        }
        return new ServerTickers(List.copyOf(started));
    }

    /// Stops them one after another, within `grace` altogether.
    public void drain(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        for (Ticker ticker : running) ticker.drain(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
}
