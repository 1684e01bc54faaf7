package io.hawser.hub.bench;

import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// What a run under load gave.
///
/// @param messages answers within the measured interval, each verified
/// @param course how many answers came in each moment, warm-up included
/// @param unsent requests of an open loop that were due and found no room: the server did not keep up
/// @param cpu processor time over its own interval, which begins and ends within a moment of the measured one
/// @param faults everything that went wrong, warm-up included, by kind
public record LoadReport(
        String protocol,
        String target,
        LoadConfig config,
        int connected,
        long messages,
        long messageBytes,
        Percentiles latency,
        Distribution distribution,
        Course course,
        long unsent,
        CpuUse cpu,
        Map<String, Long> faults) {

    public LoadReport {
        faults = Collections.unmodifiableMap(new TreeMap<>(faults));
    }

    /// Whether every request was answered as it should be, on every connection that was asked for.
    public boolean clean() {
        return faults.isEmpty();
    }

    public double messagesPerSecond() {
        return messages / seconds();
    }

    /// What went each way, headers included.
    public double bytesPerSecond() {
        return messagesPerSecond() * messageBytes;
    }

    /// Processor time of this process for each message; an open loop spins, so there it says little.
    public double clientCpuMicrosPerMessage() {
        return perMessage(cpu.clientNanos());
    }

    public OptionalDouble serverCpuMicrosPerMessage() {
        return cpu.serverNanos().isPresent()
                ? OptionalDouble.of(perMessage(cpu.serverNanos().getAsLong()))
                : OptionalDouble.empty();
    }

    /// The share of one core that the interval left to this process; near 1 with one thread it was the
    /// bottleneck.
    public double clientCores() {
        return (double) cpu.clientNanos() / cpu.wallNanos();
    }

    public OptionalDouble serverCores() {
        return cpu.serverNanos().isPresent()
                ? OptionalDouble.of((double) cpu.serverNanos().getAsLong() / cpu.wallNanos())
                : OptionalDouble.empty();
    }

    private double seconds() {
        return config.duration().toNanos() / 1e9;
    }

    /// The interval of the processor times is not quite that of the messages: rates are compared, not totals.
    private double perMessage(long cpuNanos) {
        return messages == 0 ? 0 : (double) cpuNanos / cpu.wallNanos() / messagesPerSecond() * 1e6;
    }
}
