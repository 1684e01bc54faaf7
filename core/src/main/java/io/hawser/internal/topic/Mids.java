package io.hawser.internal.topic;

import io.hawser.TimeSource;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What was published under which `mid` in the last two minutes.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields.
public final class Mids {
    /// How long a `mid` is remembered.
    public static final Duration WINDOW = Duration.ofMinutes(2);

    /// In an order, so that many with the same hash code, which a publisher may choose, are found as fast as
    /// others.
    private record Key(Topic topic, String principal, String mid) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::mid).thenComparing(Key::principal).thenComparing(Key::topic);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Known(Published published, long nanos) {}

    private final int max;
    private final TimeSource time;
    private final LinkedHashMap<Key, Known> known = new LinkedHashMap<>();

    public Mids(int max, TimeSource time) {
        this.max = max;
        this.time = time;
    }

    /// What became of an earlier publication under the same `mid`.
    public synchronized Optional<Published> find(Publication publication) {
        if (!publication.hasMid()) return Optional.empty();
        forgetOld();
        return Optional.ofNullable(known.get(key(publication)))
                .map(earlier -> earlier.published().asDuplicate());
    }

    /// Remembers what became of `publication`.
    public synchronized void add(Publication publication, Published published) {
        if (!publication.hasMid()) return;
        forgetOld();
        known.putLast(key(publication), new Known(published, time.nanoTime()));
        if (known.size() > max) known.pollFirstEntry();
    }

    private static Key key(Publication publication) {
        return new Key(publication.topic(), publication.principal(), publication.mid());
    }

    private void forgetOld() {
        long now = time.nanoTime();
        for (Iterator<Map.Entry<Key, Known>> oldestFirst = known.entrySet().iterator(); oldestFirst.hasNext(); ) {
            if (now - oldestFirst.next().getValue().nanos() <= WINDOW.toNanos()) return;
            oldestFirst.remove();
        }
    }

    public synchronized int size() {
        return known.size();
    }
}
