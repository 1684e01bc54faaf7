package io.hawser.internal.session;

import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicPattern;
import io.hawser.internal.topic.TopicTrie;
import io.hawser.session.CloseReason;
import io.hawser.session.GapNotice;
import io.hawser.session.SessionState;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The topics of the sessions of one home: an event loop, as a rule.
///
/// A session that is over its soft bound is behind: it is passed over, at the price of a count, until half
/// of what is queued for it is gone; then it is told what it missed, and is served again once it knows all of
/// that. A clock runs only while somebody is behind.
///
/// Thread: its lane's.
final class TopicShard {
    private static final Logger LOG = LoggerFactory.getLogger(TopicShard.class);
    private static final long LOOK_MILLIS = 250;

    private final TopicLane lane;
    private final GapNotice gaps;
    private final Map<String, Members> exact = new HashMap<>();
    private final Map<TopicPattern, Members> patterns = new HashMap<>();
    private final TopicTrie<Members> trie = new TopicTrie<>();
    private final Set<Subscriber> behind = new LinkedHashSet<>();
    private long publications;
    private boolean isLooking;

    TopicShard(TopicLane lane, GapNotice gaps) {
        this.lane = lane;
        this.gaps = gaps;
    }

    /// Runs `action` here, behind what the calling thread sent before. Thread: any.
    ///
    /// @return false if its home has ended, and its sessions with that
    boolean run(Runnable action) {
        return lane.run(action);
    }

    void join(Subscriber subscriber, TopicPattern pattern) {
        if (subscriber.hasEnded || subscriber.session.state() == SessionState.CLOSED) return;
        Members members = pattern.isExact()
                ? exact.computeIfAbsent(pattern.text(), text -> new Members(pattern))
                : patterns.computeIfAbsent(pattern, this::known);
        subscriber.add(members.add(subscriber));
    }

    private Members known(TopicPattern pattern) {
        Members members = new Members(pattern);
        trie.add(pattern, members);
        return members;
    }

    void leave(Subscriber subscriber, TopicPattern pattern) {
        Membership place = subscriber.remove(pattern);
        if (place != null) leave(place);
    }

    private void leave(Membership place) {
        Members members = place.members();
        members.remove(place);
        if (!members.isEmpty()) return;
        TopicPattern pattern = members.pattern();
        if (pattern.isExact()) {
            exact.remove(pattern.text());
        } else {
            patterns.remove(pattern);
            trie.remove(pattern, members);
        }
    }

    /// The session is gone.
    void end(Subscriber subscriber) {
        if (subscriber.isBehind()) behind.remove(subscriber);
        for (Membership place : subscriber.end()) leave(place);
    }

    void publish(Topic topic, SharedMessage message) {
        Members named = exact.get(topic.name());
        if (patterns.isEmpty()) {
            if (named != null) named.forEach(subscriber -> deliver(subscriber, topic, message));
            return;
        }
        long publication = ++publications;
        if (named != null) named.forEach(subscriber -> deliverOnce(subscriber, topic, message, publication));
        trie.match(
                topic, members -> members.forEach(subscriber -> deliverOnce(subscriber, topic, message, publication)));
    }

    private void deliverOnce(Subscriber subscriber, Topic topic, SharedMessage message, long publication) {
        if (subscriber.lastPublication == publication) return;
        subscriber.lastPublication = publication;
        deliver(subscriber, topic, message);
    }

    private void deliver(Subscriber subscriber, Topic topic, SharedMessage message) {
        if (subscriber.isBehind() && !caughtUp(subscriber)) {
            subscriber.session.passedOver();
            miss(subscriber, topic);
        } else if (!subscriber.session.offerShared(message) && !subscriber.hasEnded) {
            miss(subscriber, topic);
            behind.add(subscriber);
            lookLater();
        }
    }

    private static void miss(Subscriber subscriber, Topic topic) {
        if (!subscriber.miss(topic)) subscriber.session.close(CloseReason.TOO_SLOW);
    }

    private boolean caughtUp(Subscriber subscriber) {
        if (!isToldAll(subscriber)) return false;
        behind.remove(subscriber);
        return true;
    }

    /// Tells it what it missed, as far as there is room.
    private boolean isToldAll(Subscriber subscriber) {
        TopicMember session = subscriber.session;
        return session.hasCaughtUp() && subscriber.catchUp((topic, count) -> isTold(session, topic, count));
    }

    /// A notice that cannot be made counts as told: the others behind it, and other sessions, have no part in it.
    private boolean isTold(TopicMember session, Topic topic, long count) {
        try {
            return gaps.message(session, topic, count).map(session::offerNotice).orElse(true);
        } catch (RuntimeException failure) {
            LOG.error("{} cannot be told that it missed {} of {}", session, count, topic, failure);
            return true;
        }
    }

    private void lookLater() {
        if (isLooking) return;
        isLooking = true;
        lane.later(this::look, LOOK_MILLIS);
    }

    private void look() {
        isLooking = false;
        // Whoever makes the notices may publish, and so change who is behind.
        for (Subscriber each : List.copyOf(behind)) {
            if (each.isBehind() && isToldAll(each)) behind.remove(each);
        }
        if (!behind.isEmpty()) lookLater();
    }
}
