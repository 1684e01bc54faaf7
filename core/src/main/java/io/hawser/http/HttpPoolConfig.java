package io.hawser.http;

import java.time.Duration;

/// How many connections a client of HTTP keeps, and for how long. Over HTTP/2, where one connection makes
/// many calls at once, each of these calls counts as one.
///
/// @param maxPerOrigin to one scheme, host and port; callers beyond that wait in their order; default 64
/// @param maxTotal of the client; before one more is opened an idle one of another origin is closed, and
///     without such one it is waited for; default 1,024
/// @param maxWaiting callers that may wait for one origin, those for whom a connection is being opened
///     included; more are rejected; at least 1; default 16,384
/// @param idle how long one is kept that nobody uses, if its server does not say less; default 30 s
/// @param age how long one is used, less up to a fifth at random; then it finishes what is on it and is
///     closed, so that traffic follows when a name gets another address; default 10 min
/// @param maxUpgraded to one scheme, host and port, that go on in another protocol, as WebSockets that a
///     [Proxy] passes through do; they count for none of the others, and one more is rejected; default 4,096
public record HttpPoolConfig(
        int maxPerOrigin, int maxTotal, int maxWaiting, Duration idle, Duration age, int maxUpgraded) {
    private static final HttpPoolConfig DEFAULTS =
            new HttpPoolConfig(64, 1024, 16_384, Duration.ofSeconds(30), Duration.ofMinutes(10), 4096);

    public HttpPoolConfig {
        if (maxPerOrigin < 1) throw new IllegalArgumentException("maxPerOrigin " + maxPerOrigin + ": at least 1");
        if (maxTotal < 1) throw new IllegalArgumentException("maxTotal " + maxTotal + ": at least 1");
        if (maxWaiting < 1) throw new IllegalArgumentException("maxWaiting " + maxWaiting + ": at least 1");
        if (!idle.isPositive()) throw new IllegalArgumentException("idle " + idle + ": above zero");
        if (!age.isPositive()) throw new IllegalArgumentException("age " + age + ": above zero");
        if (maxUpgraded < 0) throw new IllegalArgumentException("maxUpgraded " + maxUpgraded + ": 0 or more");
    }

    public static HttpPoolConfig defaults() {
        return DEFAULTS;
    }

    public HttpPoolConfig withMaxPerOrigin(int changed) {
        return new HttpPoolConfig(changed, maxTotal, maxWaiting, idle, age, maxUpgraded);
    }

    public HttpPoolConfig withMaxTotal(int changed) {
        return new HttpPoolConfig(maxPerOrigin, changed, maxWaiting, idle, age, maxUpgraded);
    }

    public HttpPoolConfig withMaxWaiting(int changed) {
        return new HttpPoolConfig(maxPerOrigin, maxTotal, changed, idle, age, maxUpgraded);
    }

    public HttpPoolConfig withIdle(Duration changed) {
        return new HttpPoolConfig(maxPerOrigin, maxTotal, maxWaiting, changed, age, maxUpgraded);
    }

    public HttpPoolConfig withAge(Duration changed) {
        return new HttpPoolConfig(maxPerOrigin, maxTotal, maxWaiting, idle, changed, maxUpgraded);
    }

    public HttpPoolConfig withMaxUpgraded(int changed) {
        return new HttpPoolConfig(maxPerOrigin, maxTotal, maxWaiting, idle, age, changed);
    }
}
