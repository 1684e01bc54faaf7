package io.hawser.hub.v1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Where sessions have gone that this node has handed over, for as long as their clients may come back with
/// the token that names this node: the welcome of the other one may be lost. Of 50,000; then the oldest is
/// forgotten.
///
/// Thread: safe from any, by its monitor.
final class MovedSessions {
    private static final int MOST = 50_000;

    private record Moved(String node, long nanos) {}

    private final LinkedHashMap<String, Moved> moved = new LinkedHashMap<>();

    synchronized void add(String sid, String node, long nowNanos) {
        moved.putLast(sid, new Moved(node, nowNanos));
        if (moved.size() > MOST) moved.pollFirstEntry();
    }

    /// It is here.
    synchronized void remove(String sid) {
        moved.remove(sid);
    }

    synchronized Optional<String> nodeOf(String sid) {
        return Optional.ofNullable(moved.get(sid)).map(Moved::node);
    }

    /// Forgets those whose window has passed.
    synchronized void sweep(long nowNanos) {
        while (!moved.isEmpty()) {
            Map.Entry<String, Moved> oldest = moved.firstEntry();
            if (nowNanos - oldest.getValue().nanos() < Peers.WINDOW.toNanos()) return;
            moved.pollFirstEntry();
        }
    }

    synchronized int size() {
        return moved.size();
    }
}
