package io.hawser.nats;

import io.hawser.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Warns of what others on the same NATS do: of each kind once a minute at most, with how often it was since.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `kinds`, of which there are as many as the source names.
final class Complaints {
    private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);
    private static final long EVERY_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int SHOWN_CHARS = 100;

    private static final class Told {
        private long nanos;
        private long since;
    }

    private final TimeSource time;
    private final Map<String, Told> kinds = new HashMap<>();

    Complaints(TimeSource time) {
        this.time = time;
    }

    /// @param kind what was passed over; a constant
    /// @param where it came; what is no visible ASCII is not shown of it
    void about(String kind, String where) {
        long more;
        synchronized (this) {
            Told told = kinds.get(kind);
            long now = time.nanoTime();
            if (told == null) {
                told = new Told();
                kinds.put(kind, told);
            } else if (now - told.nanos < EVERY_NANOS) {
                told.since++;
                return;
            }
            more = told.since;
            told.nanos = now;
            told.since = 0;
        }
        String others = more == 0 ? "" : ", and " + more + " more since the last warning of it";
        LOG.warn("passed over {}: {}{}", kind, shown(where), others);
    }

    private static String shown(String where) {
        String cut = where.length() <= SHOWN_CHARS ? where : where.substring(0, SHOWN_CHARS) + "...";
        return cut.replaceAll("[^!-~]", "?");
    }
}
