package io.hawser;

import io.hawser.internal.process.StopSignals;
import java.time.Duration;

/// What listens and serves until it is stopped, whatever it speaks.
///
/// ```java
/// public static void main(String... args) {
///     System.exit(MessagingServer.start(listen, MessagingConfig.defaults(), handler).run());
/// }
/// ```
///
/// A handler that is a [io.hawser.tick.TickerHandler] too, be it inside of filters or routers, ticks as
/// long as its server runs: its start hook comes before the port is opened, its last tick when the server
/// drains.
///
/// Thread: safe from any.
public interface Server extends AutoCloseable {
    /// Where it listens, with the port that it really has.
    Endpoint endpoint();

    /// Live connections, those whose protocol is not known yet included.
    int connectionCount();

    boolean isRunning();

    /// Waits until the server has stopped.
    ///
    /// @throws DeadlineExceeded at [Deadline#current()]
    /// @throws Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException on an event loop, which must not wait
    void awaitStop();

    /// Stops listening, lets every connection finish what it has received, and cuts what is left after
    /// `grace`. [Deadline#current()] and an interrupt of the caller end the grace early; the interrupt flag
    /// stays set.
    ///
    /// A second call waits for the first to end, as [#awaitStop()] does, and reports nothing. An event loop
    /// that a handler holds is waited for no longer than 5 seconds for each thing that it would have to do.
    ///
    /// @return how many connections ended by themselves, and how many were cut
    /// @throws ShutdownFailed if a part of it did not stop as it should; it is closed all the same
    /// @throws IllegalStateException on an event loop, which must not wait
    DrainReport drain(Duration grace);

    /// Stops at once, a drain under way included. Closing twice does nothing.
    ///
    /// @throws ShutdownFailed as [#drain(Duration)]
    /// @throws IllegalStateException on an event loop, which must not wait
    @Override
    void close();

    /// As [#run(Duration)], with 25 seconds of grace.
    default int run() {
        return run(Duration.ofSeconds(25));
    }

    /// Serves until SIGTERM or SIGINT, then drains; a second signal stops it at once. An interrupt of the
    /// thread drains it, too. Returns when the server has stopped, whoever stopped it: a drain that somebody
    /// else has begun is waited for.
    ///
    /// The signals do meanwhile what is said here, and afterwards what they did before.
    ///
    /// @return what the process should exit with: 0, or 1 if the drain failed or was cut short by the second
    ///     signal
    default int run(Duration grace) {
        return StopSignals.serve(this, grace);
    }
}
