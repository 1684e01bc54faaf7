package io.hawser.io;

import io.hawser.DrainReport;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.internal.io.NettyIoThreads;
import java.time.Duration;

/// Event loops that serve connections, and a work-stealing pool for tasks.
///
/// ```java
/// try (IoThreads io = IoThreads.start(IoConfig.defaults().withThreads(2))) {
///     io.post(() -> cache.refresh());
/// }
/// ```
///
/// A task of the pool holds one of its threads for as long as it runs or blocks; there are never more threads than
/// configured. What waits for long belongs on a virtual thread.
///
/// Thread: safe from any.
/// Owner: whoever started it, or took it by [#shared()], closes it.
public sealed interface IoThreads extends AutoCloseable permits NettyIoThreads {
    /// Starts threads as `config` says.
    ///
    /// @throws StartupFailed if the transport asked for is not there
    static IoThreads start(IoConfig config) {
        return NettyIoThreads.start(config);
    }

    /// Starts threads with [IoConfig#defaults()].
    static IoThreads start() {
        return start(IoConfig.defaults());
    }

    /// A handle of its own on the threads that everything in this process shares when told no others.
    ///
    /// The first handle starts them with [IoConfig#defaults()], the last one closed stops them, and a later call
    /// starts new ones.
    static IoThreads shared() {
        return NettyIoThreads.shared();
    }

    /// Runs `task` on a thread of the pool. What it throws is logged and counted.
    ///
    /// @throws Rejected if as many tasks wait as may, or this handle drains or is closed
    void post(Runnable task);

    /// Runs `task` on a thread of the pool, `delay` from now at the earliest; in the order of their times.
    ///
    /// A timer that has been accepted has its place: it is never refused when its time comes.
    ///
    /// @param delay zero or less is now
    /// @throws Rejected if as many timers wait as may, or this handle drains or is closed
    Scheduled schedule(Duration delay, Runnable task);

    /// The interface to the sockets in use, never [Transport#AUTO].
    Transport transport();

    /// What the threads have done and hold; for [#shared()] ones, for all their holders together.
    IoStats stats();

    /// Refuses new tasks, lets those of this handle finish within `grace`, gives up the rest, and closes.
    ///
    /// Timers whose time has not come when it begins are given up at once. An interrupt of the caller or the end of
    /// its [io.hawser.Deadline] ends the grace early, and the interrupt flag stays set.
    ///
    /// @return what of the tasks that this handle had pending finished, and what was given up
    DrainReport drain(Duration grace);

    /// Gives up what is pending and, if no other handle holds them, stops the threads.
    ///
    /// Tasks that run are interrupted, open sockets are closed, and the call returns when the threads have ended,
    /// or after five seconds with a warning that names those that would not. Called on one of these threads it
    /// returns without waiting. Closing twice does nothing.
    @Override
    void close();
}
