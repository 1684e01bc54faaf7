package io.hawser.hub.access;

import io.hawser.Endpoint;
import io.hawser.TimeSource;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Consumer;

/// Slows down who guesses: 5 wrong tokens from one address (of IPv6 one network of 64 bits) at once, then one
/// every 10 s. At most 1,024 addresses are remembered, the latest.
///
/// A try counts as wrong from its beginning and is given back if it was right, so that no more than 5 are
/// under way at once, however long each takes.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `forgiven`.
final class FailureLimit {
    private static final int AT_ONCE = 5;
    private static final Duration EACH = Duration.ofSeconds(10);
    private static final int MAX_ADDRESSES = 1024;
    private static final int IPV6_BYTES = 16;
    private static final int NETWORK_BYTES = 8;

    /// When all failures of an address will be forgiven.
    private final LinkedHashMap<String, Long> forgiven = new LinkedHashMap<>();
    private final TimeSource time;
    private volatile Consumer<String> tell = host -> {};

    FailureLimit(TimeSource time) {
        this.time = time;
    }

    /// How long `from` has to wait before the next try; empty if not at all.
    synchronized Optional<Duration> pause(Endpoint from) {
        long owed = owed(address(from));
        long allowed = (AT_ONCE - 1) * EACH.toNanos();
        return owed > allowed ? Optional.of(Duration.ofNanos(owed - allowed)) : Optional.empty();
    }

    /// Begins a try of `from`; how long to wait where there must be none yet. Who begins one [ends][#end] it.
    synchronized Optional<Duration> begin(Endpoint from) {
        Optional<Duration> pause = pause(from);
        if (pause.isEmpty()) count(address(from));
        return pause;
    }

    void end(Endpoint from, boolean isGood) {
        String address = address(from);
        if (isGood) forgive(address);
        else tell.accept(address);
    }

    private synchronized void forgive(String address) {
        long owed = owed(address) - EACH.toNanos();
        if (owed > 0) forgiven.replace(address, time.nanoTime() + owed);
        else forgiven.remove(address);
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
