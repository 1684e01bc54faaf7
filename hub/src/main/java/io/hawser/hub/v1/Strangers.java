package io.hawser.hub.v1;

import io.hawser.TimeSource;
import io.hawser.session.CloseReason;
import io.hawser.session.Session;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Sessions that have not been welcomed yet; who is not in time is sent away with 4010.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `ends`; nothing is called while it is held.
final class Strangers {
    private static final CloseReason LATE = CloseReason.of(4010, "no hello in time");

    private final TimeSource time;
    private final LinkedHashMap<Session, Long> ends = new LinkedHashMap<>();

    Strangers(TimeSource time) {
        this.time = time;
    }

    synchronized void came(Session session, Duration atMost) {
        ends.put(session, time.nanoTime() + atMost.toNanos());
    }

    /// Welcomed, or gone.
    synchronized void leave(Session session) {
        ends.remove(session);
    }

    /// All have as much time, so the first that came is the first that is late.
    void sweep() {
        for (Session session : late()) session.close(LATE);
    }

    private synchronized List<Session> late() {
        List<Session> late = new ArrayList<>();
        long now = time.nanoTime();
        for (Map.Entry<Session, Long> first : ends.entrySet()) {
            if (now - first.getValue() < 0) break;
            late.add(first.getKey());
        }
        late.forEach(ends::remove);
        return late;
    }
}
