package io.hawser.hub.access;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Slows down who guesses: 5 wrong tokens from one address (of IPv6 one network of 64 bits) at once, then one
/// every 10 s. At most 1,024 addresses are remembered, the latest.
///
/// Of tries that are decided later, at most 64 of one address are under way: so many a guesser may make
/// before the first counts. They keep nobody else from a try that is decided at once.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `forgiven` and `underWay`.
final class FailureLimit {
    private static final int AT_ONCE = 5;
    private static final int MAX_UNDER_WAY = 64;
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 1024;
    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    /// When all failures of an address will be forgiven.
    private final LinkedHashMap<String, Long> forgiven = new LinkedHashMap<>();
    private final Map<String, Integer> underWay = new HashMap<>();
    private final TimeSource time;
    private volatile Consumer<String> tell = host -> {};

    FailureLimit(TimeSource time) {
        this.time = time;
    }

    /// How long `from` has to wait before the next try; empty if not at all.
    Optional<Duration> pause(Endpoint from) {
        return pause(address(from));
    }

    private synchronized Optional<Duration> pause(String address) {
        long owed = owed(address);
        long allowed = (AT_ONCE - 1) * EACH.toNanos();
        return owed > allowed ? Optional.of(Duration.ofNanos(owed - allowed)) : Optional.empty();
    }

    /// One try of `from`, which is not made while it has to wait, and counts if it was wrong.
    boolean isRight(Endpoint from, BooleanSupplier comparison) {
        String address = address(from);
        synchronized (this) {
            if (pause(address).isPresent()) return false;
            if (comparison.getAsBoolean()) return true;
            count(address);
        }
        tell.accept(address);
        return false;
    }

    /// Begins a try that is decided later; false where there must be none yet. Who begins one [ends][#end] it.
    synchronized boolean begin(Endpoint from) {
        String address = address(from);
        if (pause(address).isPresent() || underWay.getOrDefault(address, 0) == MAX_UNDER_WAY) return false;
        underWay.merge(address, 1, Integer::sum);
        return true;
    }

    void end(Endpoint from, boolean isGood) {
        String address = address(from);
        synchronized (this) {
            underWay.computeIfPresent(address, (same, tries) -> tries == 1 ? null : tries - 1);
            if (!isGood) count(address);
        }
        if (!isGood) tell.accept(address);
    }

    /// An address has shown a wrong token, to this node or to another one.
    synchronized void count(String address) {
        forgiven.putLast(address, time.nanoTime() + owed(address) + EACH.toNanos());
        if (forgiven.size() > MAX_ADDRESSES) forgiven.pollFirstEntry();
    }

    /// From now on `others` hears of each address that fails here.
    void tell(Consumer<String> others) {
        tell = others;
    }

    /// Whoever has an IPv6 address has all of its network.
    private static String address(Endpoint from) {
        String host = from.host();
        if (host.indexOf(':') < 0) return host;
        try {
            byte[] bytes = InetAddress.ofLiteral(host).getAddress();
            return bytes.length == IPV6_BYTES ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES) : host;
        } catch (IllegalArgumentException e) {
            return host;
        }
    }

    private long owed(String address) {
        Long end = forgiven.get(address);
        return end == null ? 0 : Math.max(0, end - time.nanoTime());
    }

    /// The addresses that are remembered, for tests of the bound.
    synchronized int size() {
        return forgiven.size();
    }
}
