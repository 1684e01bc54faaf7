package io.hawser.io;

import java.time.Duration;
import java.util.List;

/// What the threads have done and hold, read without stopping them: each number is right, their sum may be a
/// moment apart.
///
/// @param transport the interface to the sockets that is in use, never [Transport#AUTO]
/// @param loops one entry per event loop
/// @param tasks the pool
public record IoStats(Transport transport, List<Loop> loops, Tasks tasks) {
    public IoStats {
        loops = List.copyOf(loops);
    }

    /// One event loop.
    ///
    /// @param name its thread's name
    /// @param channels the sockets it serves, listening ones included
    /// @param pendingTasks what waits in its queue
    /// @param executedTasks what it took from its queue since it started
    /// @param rejectedTasks what it refused because its bound was reached or it had stopped
    /// @param holds how often a handler, or another task, held it for over 100 ms; looked for from the moment
    ///     on when there is a handler of [ExecutionMode#EVENT_LOOP] or [ExecutionMode#LOOP_CARRIER]
    /// @param busy the time of the processor that its thread has used; zero where the JVM does not tell
    public record Loop(
            String name,
            int channels,
            int pendingTasks,
            long executedTasks,
            long rejectedTasks,
            long holds,
            Duration busy) {}

    /// The work-stealing pool of [IoThreads#post] and [IoThreads#schedule].
    ///
    /// @param submitted accepted since the start, timers included
    /// @param completed ran to the end, failed ones included
    /// @param failed threw; the log has what
    /// @param cut given up by a drain or a close
    /// @param cancelled timers cancelled by their owner
    /// @param rejected refused because a bound was reached
    /// @param stolen tasks that were run by another thread than the one that brought them, which is most of
    ///     them; an estimate that tends to be low
    /// @param queued waiting for a thread
    /// @param scheduled timers waiting for their time
    /// @param running being run now
    public record Tasks(
            long submitted,
            long completed,
            long failed,
            long cut,
            long cancelled,
            long rejected,
            long stolen,
            int queued,
            int scheduled,
            int running) {}
}
