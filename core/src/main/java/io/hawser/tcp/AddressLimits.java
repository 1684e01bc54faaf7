package io.hawser.tcp;

/// How much one address may ask of a server: an IPv4 address, or an IPv6 network of 64 bits, which is what one
/// subscriber gets.
///
/// @param maxConnections at once; over it the oldest of the address that has not greeted goes first, else the
///     new one is told so (HTTP 503, MSGI 4502); default 512
/// @param arrivals new connections; more are told so (HTTP 429, MSGI 4502); default 50 a second, 100 at once
/// @param requests of HTTP; more are answered 429, or challenged where a program says how; default
///     10,000 a second, 20,000 at once
/// @param received bytes; over it the connections of the address are read no faster; default 128 MiB a second,
///     256 MiB at once
/// @param maxRemembered addresses without a connection that are remembered until their buckets are full again;
///     over it the one that left longest ago is forgotten; default 65,536, which is some 20 MB
public record AddressLimits(int maxConnections, Rate arrivals, Rate requests, Rate received, int maxRemembered) {
    private static final AddressLimits DEFAULTS =
            new AddressLimits(512, Rate.of(50, 100), Rate.of(10_000, 20_000), Rate.of(128L << 20, 256L << 20), 65_536);

    public AddressLimits {
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (maxRemembered < 0) throw new IllegalArgumentException("maxRemembered " + maxRemembered + ": 0 or more");
    }

    public static AddressLimits defaults() {
        return DEFAULTS;
    }

    /// What each of so many servers may allow that share the connections of an address; rounded up.
    public AddressLimits sharedBy(int servers) {
        return new AddressLimits(
                Math.ceilDiv(maxConnections, servers),
                arrivals.sharedBy(servers),
                requests.sharedBy(servers),
                received.sharedBy(servers),
                maxRemembered);
    }

    public AddressLimits withMaxConnections(int changed) {
        return new AddressLimits(changed, arrivals, requests, received, maxRemembered);
    }

    public AddressLimits withArrivals(Rate changed) {
        return new AddressLimits(maxConnections, changed, requests, received, maxRemembered);
    }

    public AddressLimits withRequests(Rate changed) {
        return new AddressLimits(maxConnections, arrivals, changed, received, maxRemembered);
    }

    public AddressLimits withReceived(Rate changed) {
        return new AddressLimits(maxConnections, arrivals, requests, changed, maxRemembered);
    }

    public AddressLimits withMaxRemembered(int changed) {
        return new AddressLimits(maxConnections, arrivals, requests, received, changed);
    }
}
