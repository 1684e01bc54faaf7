package io.hawser.benchmarks;

import io.hawser.hub.bench.ProcessCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What everybody else did on this machine while a round ran: figures taken beside a build are worth little, and the
/// report should say so by itself.
///
/// @param busyNanos processor time of the whole machine, by /proc/stat
/// @param ownNanos that of the server and of this process
record OtherLoad(long wallNanos, long busyNanos, long ownNanos) {
    /// USER_HZ, which Linux shows to programs as 100 whatever the kernel's own rate is.
    private static final long NANOS_PER_TICK = 10_000_000;

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;

    /// The columns of /proc/stat that are not already inside others.
    private static final int COLUMNS = 8;

    static OtherLoad now(long serverPid) throws IOException {
        long own = ProcessCpu.usedNanos(ProcessHandle.current().pid()).orElse(0)
                + ProcessCpu.usedNanos(serverPid).orElse(0);
        return new OtherLoad(System.nanoTime(), busyNanos(Files.readString(Path.of("/proc/stat"))), own);
    }

    /// Cores that others kept busy since `earlier`.
    double coresSince(OtherLoad earlier) {
        long others = busyNanos - earlier.busyNanos - (ownNanos - earlier.ownNanos);
        return Math.max(0, (double) others / (wallNanos - earlier.wallNanos));
    }

    static long busyNanos(String stat) {
        var columns = stat.lines().findFirst().orElse("").strip().split("\\s+", -1);
        long ticks = 0;
        for (int i = 0; i < COLUMNS && i + 1 < columns.length; i++) {
            if (i != IDLE && i != IOWAIT) ticks += Long.parseLong(columns[i + 1]);
        }
        return ticks * NANOS_PER_TICK;
    }
}
