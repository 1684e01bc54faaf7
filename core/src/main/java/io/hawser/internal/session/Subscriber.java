package io.hawser.internal.session;

import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// What one session has joined, and how far behind it is.
///
/// `joined` is what callers of any thread see and change, by compare-and-set; the places in the shard follow
/// it, in the same order, on the session's lane. While the session takes its messages too slowly,
/// `missed` counts what it did not get, by topic: it costs a publisher no more than the count.
///
/// Thread: `joined` any; the rest is the lane's.
public final class Subscriber {
    private static final TopicPattern[] NOTHING = {};
    private static final int MAX_TOPICS_BEHIND = 1024;

    final SessionTopics topics;
    final TopicMember session;
    /// That of the same session in another [SessionTopics].
    final @Nullable Subscriber next;

    private final TopicShard shard;
    private final AtomicReference<TopicPattern[]> joined = new AtomicReference<>(NOTHING);
    private Membership[] places = new Membership[0];
    private @Nullable SequencedMap<Topic, Long> missed;
    private boolean isBeingTold;
    long lastPublication;
    boolean hasEnded;

    /// @param next that of the same session in another [SessionTopics], where it keeps them so
    public Subscriber(SessionTopics topics, TopicMember session, @Nullable Subscriber next) {
        this.topics = topics;
        this.session = session;
        this.shard = topics.shard(session);
        this.next = next;
    }

    TopicShard shard() {
        return shard;
    }

    /// The session is gone.
    void leaveAll() {
        shard.end(this);
    }

    /// As [#leaveAll], on the lane. Thread: any.
    public void leaveAllThere() {
        shard.run(this::leaveAll);
    }

    /// Notes that it joins.
    ///
    /// @return false if it had joined before
    /// @throws LimitExceeded at `most` patterns
    boolean join(TopicPattern pattern, int most) {
        while (true) {
            TopicPattern[] before = joined.get();
            if (indexOf(before, pattern) >= 0) return false;
            if (before.length >= most) {
                throw new LimitExceeded("maxTopicsPerSession", most, before.length + 1L, Processed.NO);
            }
            TopicPattern[] after = Arrays.copyOf(before, before.length + 1);
            after[before.length] = pattern;
            if (joined.compareAndSet(before, after)) return true;
        }
    }

    /// Notes that it leaves.
    ///
    /// @return false if it had not joined
    boolean leave(TopicPattern pattern) {
        while (true) {
            TopicPattern[] before = joined.get();
            int at = indexOf(before, pattern);
            if (at < 0) return false;
            TopicPattern[] after = new TopicPattern[before.length - 1];
            System.arraycopy(before, 0, after, 0, at);
            System.arraycopy(before, at + 1, after, at, after.length - at);
            if (joined.compareAndSet(before, after)) return true;
        }
    }

    TopicPattern[] joined() {
        return joined.get();
    }

    private static int indexOf(TopicPattern[] patterns, TopicPattern pattern) {
        for (int i = 0; i < patterns.length; i++) {
            if (patterns[i].equals(pattern)) return i;
        }
        return -1;
    }

    void add(Membership place) {
        places = Arrays.copyOf(places, places.length + 1);
        places[places.length - 1] = place;
    }

    /// Takes its place under `pattern` away.
    ///
    /// @return that place, or null if there is none
    @Nullable
    Membership remove(TopicPattern pattern) {
        for (int i = 0; i < places.length; i++) {
            Membership place = places[i];
            if (!place.members().pattern().equals(pattern)) continue;
            places[i] = places[places.length - 1];
            places = Arrays.copyOf(places, places.length - 1);
            return place;
        }
        return null;
    }

    /// All of its places, which it then has no more.
    Membership[] end() {
        hasEnded = true;
        missed = null;
        Membership[] all = places;
        places = new Membership[0];
        return all;
    }

    boolean isBehind() {
        return missed != null;
    }

    /// Counts a message that it does not get.
    ///
    /// @return false if it is behind in so many topics that nobody will count them any more
    boolean miss(Topic topic) {
        SequencedMap<Topic, Long> counts = missed;
        if (counts == null) {
            counts = new LinkedHashMap<>(4);
            missed = counts;
        }
        counts.merge(topic, 1L, Long::sum);
        return counts.size() <= MAX_TOPICS_BEHIND;
    }

    /// Forgets what it missed of one topic after another, as `told` tells it of them.
    ///
    /// @param told what says false where there is no room for more
    /// @return false if there is more to tell of: it is still behind then
    boolean catchUp(BiPredicate<Topic, Long> told) {
        if (isBeingTold) return false; // what is published meanwhile is missed, too
        isBeingTold = true;
        try {
            for (Map.Entry<Topic, Long> next = nextMissed(); next != null; next = nextMissed()) {
                if (told.test(next.getKey(), next.getValue())) continue;
                if (missed != null) missed.merge(next.getKey(), next.getValue(), Long::sum);
                return false;
            }
            missed = null;
            return true;
        } finally {
            isBeingTold = false;
        }
    }

    private Map.@Nullable Entry<Topic, Long> nextMissed() {
        return missed == null ? null : missed.pollFirstEntry();
    }
}
