package io.hawser.hub.bench;

import java.util.OptionalLong;

/// Processor time of both ends over an interval, or since their start.
///
/// Units: nanoseconds; the server's is empty when its process was not named or has ended.
public record CpuUse(long wallNanos, long clientNanos, OptionalLong serverNanos) {

    static CpuUse now(OptionalLong serverPid) {
        return new CpuUse(
                System.nanoTime(),
                ProcessCpu.usedNanos(ProcessHandle.current().pid()).orElse(0),
                serverPid.isPresent() ? ProcessCpu.usedNanos(serverPid.getAsLong()) : OptionalLong.empty());
    }

    CpuUse since(CpuUse earlier) {
        boolean server = serverNanos.isPresent() && earlier.serverNanos.isPresent();
        return new CpuUse(
                wallNanos - earlier.wallNanos,
                clientNanos - earlier.clientNanos,
                server
                        ? OptionalLong.of(serverNanos.getAsLong() - earlier.serverNanos.getAsLong())
                        : OptionalLong.empty());
    }
}
