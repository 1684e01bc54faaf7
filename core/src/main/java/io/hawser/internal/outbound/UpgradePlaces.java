package io.hawser.internal.outbound;

import io.hawser.Rejected;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;

/// How many connections of a client to each origin go on in another protocol, or are asked to: no pool
/// counts them.
///
/// Thread: safe from any.
final class UpgradePlaces {
    private static final Duration COME_BACK = Duration.ofSeconds(1);

    private final int mostOfOrigin;
    private final ConcurrentHashMap<OriginServer, Integer> taken = new ConcurrentHashMap<>();

    UpgradePlaces(int mostOfOrigin) {
        this.mostOfOrigin = mostOfOrigin;
    }

    /// Takes one, to be given back when the connection has ended.
    ///
    /// @throws Rejected if there is none
    void take(OriginServer origin) {
        taken.compute(origin, (at, count) -> {
            int before = count == null ? 0 : count;
            if (before >= mostOfOrigin) {
                throw new Rejected(
                        mostOfOrigin + " connections to " + origin + " go on in another protocol, which is the limit",
                        COME_BACK);
            }
            return before + 1;
        });
    }

    void giveBack(OriginServer origin) {
        taken.computeIfPresent(origin, (at, count) -> count == 1 ? null : count - 1);
    }
}
