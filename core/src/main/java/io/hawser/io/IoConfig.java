package io.hawser.io;

import java.util.Objects;

/// How many threads an [IoThreads] has, and what they are.
///
/// @param threads the number of event loops and, again, of the task pool's threads; 0 is the number of cores.
///     At most 1,024
/// @param queueSizePerThread how many tasks may wait, per thread: [IoThreads#post] refuses what exceeds this times
///     the number of threads, [IoThreads#schedule] likewise by a count of its own. 1 to 1,048,576
/// @param affinity whether each event loop stays on one core of those that the process may use, taken in turn.
///     Linux only (elsewhere a warning says that it has no effect), and needs native access:
///     `--enable-native-access=io.hawser`, or `ALL-UNNAMED` on the class path
/// @param name what the threads' names begin with: `name-0` is the first event loop, `name-task-0` the first thread of
///     the pool. 1 to 64 characters
/// @param transport the interface to the sockets
public record IoConfig(int threads, int queueSizePerThread, boolean affinity, String name, Transport transport) {
    private static final IoConfig DEFAULTS = new IoConfig(0, 1024, false, "hawser-io", Transport.AUTO);

    public IoConfig {
        between("threads", threads, 0, 1024);
        between("queueSizePerThread", queueSizePerThread, 1, 1 << 20);
        Objects.requireNonNull(name, "name");
        between("the length of name", name.length(), 1, 64);
        Objects.requireNonNull(transport, "transport");
    }

    private static void between(String what, int value, int least, int most) {
        if (value < least) throw new IllegalArgumentException(what + " is " + value + ", below " + least);
        if (value > most) throw new IllegalArgumentException(what + " is " + value + ", above " + most);
    }

    /// As many threads as cores, 1,024 tasks per thread, no affinity, `hawser-io`, the automatic transport.
    public static IoConfig defaults() {
        return DEFAULTS;
    }

    public IoConfig withThreads(int threads) {
        return new IoConfig(threads, queueSizePerThread, affinity, name, transport);
    }

    public IoConfig withQueueSizePerThread(int queueSizePerThread) {
        return new IoConfig(threads, queueSizePerThread, affinity, name, transport);
    }

    public IoConfig withAffinity(boolean affinity) {
        return new IoConfig(threads, queueSizePerThread, affinity, name, transport);
    }

    public IoConfig withName(String name) {
        return new IoConfig(threads, queueSizePerThread, affinity, name, transport);
    }

    public IoConfig withTransport(Transport transport) {
        return new IoConfig(threads, queueSizePerThread, affinity, name, transport);
    }
}
