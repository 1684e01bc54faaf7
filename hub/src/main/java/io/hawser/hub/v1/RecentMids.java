package io.hawser.hub.v1;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which direct messages a session has been sent already, by the names that their senders gave them:
/// for two minutes, and of the latest 256.
///
/// Thread: whoever owns it holds a lock.
final class RecentMids {
    private static final int MOST = 256;
    private static final long KEPT_NANOS = Duration.ofMinutes(2).toNanos();

    private final LinkedHashMap<String, Long> seen = new LinkedHashMap<>(0);

    boolean knows(String mid, long nowNanos) {
        while (!seen.isEmpty()) {
            Map.Entry<String, Long> oldest = seen.firstEntry();
            if (nowNanos - oldest.getValue() < KEPT_NANOS) break;
            seen.pollFirstEntry();
        }
        return seen.containsKey(mid);
    }

    /// Those that are kept, the oldest first.
    List<String> names() {
        return List.copyOf(seen.keySet());
    }

    void add(String mid, long nowNanos) {
        seen.putLast(mid, nowNanos);
        if (seen.size() > MOST) seen.pollFirstEntry();
    }
}
