package io.hawser.tick;

/// What a [SharedState] holds at most; one more is refused with [io.hawser.LimitExceeded].
///
/// @param maxMaps maps that have entries; default 64
/// @param maxEntries entries of one map; default 10,000
/// @param maxKeyBytes a key or a name, in UTF-8; default 255
/// @param maxValueBytes one encoded value; default 256 KiB, at most 512 KiB
/// @param maxTotalBytes all keys and values together; default 64 MiB
/// @param maxCounters counters that are not 0; default 10,000
/// @param maxLocks locks that are held; default 1,024
/// @param maxWaiters who wait for one lock; default 1,024
public record StateLimits(
        int maxMaps,
        int maxEntries,
        int maxKeyBytes,
        int maxValueBytes,
        long maxTotalBytes,
        int maxCounters,
        int maxLocks,
        int maxWaiters) {
    private static final StateLimits DEFAULTS =
            new StateLimits(64, 10_000, 255, 256 << 10, 64L << 20, 10_000, 1024, 1024);

    public StateLimits {
        between("maxMaps", maxMaps, 1, Integer.MAX_VALUE);
        between("maxEntries", maxEntries, 1, Integer.MAX_VALUE);
        between("maxKeyBytes", maxKeyBytes, 1, 1024);
        between("maxValueBytes", maxValueBytes, 1, 512 << 10);
        between("maxTotalBytes", maxTotalBytes, 1, Long.MAX_VALUE);
        between("maxCounters", maxCounters, 1, Integer.MAX_VALUE);
        between("maxLocks", maxLocks, 1, Integer.MAX_VALUE);
        between("maxWaiters", maxWaiters, 1, Integer.MAX_VALUE);
    }

    private static void between(String what, long value, long least, long most) {
        if (value < least) throw new IllegalArgumentException(what + " " + value + ": at least " + least);
        if (value > most) throw new IllegalArgumentException(what + " " + value + ": at most " + most);
    }

    public static StateLimits defaults() {
        return DEFAULTS;
    }

    /// These limits with other bounds on the maps.
    public StateLimits withMaps(int maps, int entries) {
        return new StateLimits(
                maps, entries, maxKeyBytes, maxValueBytes, maxTotalBytes, maxCounters, maxLocks, maxWaiters);
    }

    /// These limits with other bounds on sizes.
    public StateLimits withBytes(int key, int value, long total) {
        return new StateLimits(maxMaps, maxEntries, key, value, total, maxCounters, maxLocks, maxWaiters);
    }

    public StateLimits withMaxCounters(int changed) {
        return new StateLimits(
                maxMaps, maxEntries, maxKeyBytes, maxValueBytes, maxTotalBytes, changed, maxLocks, maxWaiters);
    }

    /// These limits with other bounds on the locks.
    public StateLimits withLocks(int locks, int waiters) {
        return new StateLimits(
                maxMaps, maxEntries, maxKeyBytes, maxValueBytes, maxTotalBytes, maxCounters, locks, waiters);
    }
}
