package io.hawser.hub.bench;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Processor time that processes have used: their own code and the kernel's on their behalf.
///
/// On Linux this is utime and stime of /proc/PID/stat, in steps of 10 ms; threads that the kernel makes for
/// io_uring are inside the account of their process. Interrupts that the kernel serves in nobody's name are
/// not in it.
public final class ProcessCpu {
    private ProcessCpu() {}

    /// What process `pid` and the processes that it started have used; empty when there is no such process.
    ///
    /// Units: nanoseconds since their start.
    public static OptionalLong usedNanos(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process -> OptionalLong.of(Stream.concat(Stream.of(process), process.descendants())
                        .flatMap(each -> each.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toNanos)
                        .sum()))
                .orElse(OptionalLong.empty());
    }
}
