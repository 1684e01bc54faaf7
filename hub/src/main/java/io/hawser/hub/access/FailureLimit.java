package io.hawser.hub.access;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/// Slows down who guesses: 5 wrong tokens from one address at once, then one every 10 s. At most 1,024
/// addresses are remembered, the latest.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `forgiven`.
final class FailureLimit {
    private static final int AT_ONCE = 5;
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 1024;

    /// When all failures of an address will be forgiven.
    private final LinkedHashMap<String, Long> forgiven = new LinkedHashMap<>();
    private final TimeSource time;
    private volatile Consumer<String> tell = host -> {};

    FailureLimit(TimeSource time) {
        this.time = time;
    }

    /// How long `from` has to wait before the next try; empty if not at all.
    synchronized Optional<Duration> pause(Endpoint from) {
        long owed = owed(from.host());
        long allowed = (AT_ONCE - 1) * EACH.toNanos();
        return owed > allowed ? Optional.of(Duration.ofNanos(owed - allowed)) : Optional.empty();
    }

    void failed(Endpoint from) {
        count(from.host());
        tell.accept(from.host());
    }

    /// An address has shown a wrong token, to this node or to another one.
    synchronized void count(String host) {
        forgiven.putLast(host, time.nanoTime() + owed(host) + EACH.toNanos());
        if (forgiven.size() > MAX_ADDRESSES) forgiven.pollFirstEntry();
    }

    /// From now on `others` hears of each address that fails here.
    void tell(Consumer<String> others) {
        tell = others;
    }

    private long owed(String host) {
        Long end = forgiven.get(host);
        return end == null ? 0 : Math.max(0, end - time.nanoTime());
    }

    /// The addresses that are remembered, for tests of the bound.
    synchronized int size() {
        return forgiven.size();
    }
}
