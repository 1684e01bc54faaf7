package io.hawser.hub.cli;

import io.hawser.hub.bench.LoadConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// The options that every protocol's load shares.
final class LoadOptions {
    private static final int CLOSED_WINDOW = 16;
    private static final int OPEN_WINDOW = 1024;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "64", description = "connections (64)")
    int connections;

    @Option(
            names = "--window",
            paramLabel = "N",
            description = "requests in flight on a connection (16); with --rate only their bound (1024)")
    Optional<Integer> window = Optional.empty();

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "open loop: so many requests a second in all, latency from when each was due")
    Optional<Long> rate = Optional.empty();

    @Option(
            names = "--payload",
            paramLabel = "SIZE",
            defaultValue = "1KiB",
            converter = SizeOption.class,
            description = "bytes of payload: 64, 1KiB, 1MiB (1KiB)")
    int payload;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationOption.class,
            description = "how long to measure: 500ms, 10s, 2m (10s)")
    Duration duration = Duration.ZERO;

    @Option(
            names = "--warmup",
            paramLabel = "TIME",
            defaultValue = "2s",
            converter = DurationOption.class,
            description = "how long to send before that (2s)")
    Duration warmup = Duration.ZERO;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "threads of the generator (1)")
    int threads;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "send only so many requests together, in one write (1)")
    int batch;

    @Option(
            names = "--server-pid",
            paramLabel = "PID",
            description = "also measure the processor time of this process and its children")
    Optional<Long> serverPid = Optional.empty();

    @Option(names = "--json", description = "print the report as one line of JSON")
    boolean json;

    LoadConfig config() {
        return new LoadConfig(
                connections,
                window.orElse(rate.isPresent() ? OPEN_WINDOW : CLOSED_WINDOW),
                optionalLong(rate),
                payload,
                duration,
                warmup,
                threads,
                batch);
    }

    static OptionalLong optionalLong(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }
}
