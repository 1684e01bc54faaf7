package io.hawser.pool;

import io.hawser.Reconnect;
import java.time.Duration;

/// How connections are kept up.
///
/// @param reconnect when a lost one is opened again, and after how many failures no more; one that its first
///     probe finds of no use is a failure, and one that is lost again and again, soon each time, is opened
///     after pauses that grow
/// @param probeEvery how long after one probe the next comes; default 10 s
/// @param probeTimeout the [io.hawser.Deadline] of a probe; where it ends later the connection counts as
///     lost, but nothing cuts it off; default 5 s
/// @param maxUnread changes of state that a [Watch] keeps for its reader; older ones are dropped and counted;
///     default 256
public record ManagerConfig(Reconnect reconnect, Duration probeEvery, Duration probeTimeout, int maxUnread) {
    private static final ManagerConfig DEFAULTS =
            new ManagerConfig(Reconnect.defaults(), Duration.ofSeconds(10), Duration.ofSeconds(5), 256);

    public ManagerConfig {
        if (!probeEvery.isPositive()) throw new IllegalArgumentException("probeEvery " + probeEvery + ": above zero");
        if (!probeTimeout.isPositive()) {
            throw new IllegalArgumentException("probeTimeout " + probeTimeout + ": above zero");
        }
        if (maxUnread < 1) throw new IllegalArgumentException("maxUnread " + maxUnread + ": at least 1");
    }

    public static ManagerConfig defaults() {
        return DEFAULTS;
    }

    public ManagerConfig withReconnect(Reconnect changed) {
        return new ManagerConfig(changed, probeEvery, probeTimeout, maxUnread);
    }

    public ManagerConfig withProbe(Duration every, Duration timeout) {
        return new ManagerConfig(reconnect, every, timeout, maxUnread);
    }

    public ManagerConfig withMaxUnread(int changed) {
        return new ManagerConfig(reconnect, probeEvery, probeTimeout, changed);
    }
}
