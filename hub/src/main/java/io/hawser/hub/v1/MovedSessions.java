package io.hawser.hub.v1;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where sessions have gone that this node has handed over, for as long as their clients may come back with
/// the token that names this node: the welcome of the other one may be lost. Of 50,000; then the oldest is
/// forgotten.
///
/// It remembers the newest token that each had, too: what comes back with no newer one is what it was before it
/// went, and somebody else's by now.
///
/// Thread: safe from any, by its monitor.
final class MovedSessions {
    private static final int MOST = 50_000;

    /// @param token the newest that it had
    record Moved(String node, long token, long nanos) {}

    private final LinkedHashMap<String, Moved> moved = new LinkedHashMap<>();

    /// It has gone to another node.
    ///
    /// @return where it had gone before, null if nowhere
    synchronized @Nullable Moved add(String sid, Moved to) {
        Moved before = moved.putLast(sid, to);
        if (moved.size() > MOST) moved.pollFirstEntry();
        return before;
    }

    /// It has not gone, and all is as it was.
    synchronized void undo(String sid, @Nullable Moved before) {
        if (before == null) moved.remove(sid);
        else moved.put(sid, before);
    }

    /// It comes here.
    ///
    /// @param token the newest that it has
    /// @return false if it has been here since
    synchronized boolean cameBack(String sid, long token) {
        Moved gone = moved.get(sid);
        if (gone != null && gone.token() >= token) return false;
        moved.remove(sid);
        return true;
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
}
