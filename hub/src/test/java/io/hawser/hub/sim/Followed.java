package io.hawser.hub.sim;

import io.hawser.cluster.Position;
import org.jspecify.annotations.Nullable;

/// How a client follows one log, held against what the broker has really stored: each message has to be the one that
/// came next in the topic after the one before, unless a resync lies between.
final class Followed {
    private static final long KNOWN_AFTER = World.millis(20_000);

    private final World world;
    private final Broker broker;
    private final String who;
    private final String topic;
    private @Nullable Position at;
    private boolean isSubscribed;
    private boolean isResyncDue;
    private long delivered;
    private long resyncs;

    Followed(World world, Broker broker, String client, String topic) {
        this.world = world;
        this.broker = broker;
        this.who = client + " on " + topic;
        this.topic = topic;
    }

    @Nullable
    Position at() {
        return at;
    }

    /// Whether the session has the subscription, as far as its client knows.
    boolean isSubscribed() {
        return isSubscribed;
    }

    /// The session is another one.
    void forget() {
        isSubscribed = false;
    }

    /// The session goes on from where the client has said that it is, which is looked at again.
    void resumed() {
        isResyncDue = false;
    }

    long delivered() {
        return delivered;
    }

    long resyncs() {
        return resyncs;
    }

    /// The answer to a subscription.
    ///
    /// @param asked the position that was asked for, if one was
    void subscribed(@Nullable Position asked, Position head, boolean isRecovered) {
        isSubscribed = true;
        isResyncDue = false;
        checkHead(head);
        if (asked == null) {
            at = head;
            return;
        }
        // It goes on from there, also where more has come meanwhile.
        at = asked;
        if (!isRecovered) {
            isResyncDue = true;
            return;
        }
        if (!asked.epoch().equals(head.epoch())) throw wrong("recovered " + asked + " in another epoch, " + head);
        if (isOrigin(asked) || isOrigin(head)) return;
        if (!broker.find(head).orElseThrow().follows(asked)) throw wrong("recovered " + asked + ", not before " + head);
    }

    void message(long offset, String tag, String text) {
        Position before = at;
        // The answer was lost with the connection that it came on, and it has asked again.
        if (before == null) return;
        if (isResyncDue) throw wrong("'" + text + "' came before the resync");
        Position now = new Position(before.epoch(), offset, tag);
        Entry entry = broker.find(now).orElseThrow(() -> wrong(now + " was never stored"));
        if (!entry.text().equals(text) || !entry.topic().equals(topic)) {
            throw wrong(now + " is '" + text + "', and " + entry + " was stored");
        }
        Entry previous = entry.before();
        boolean wasEmpty = isOrigin(before);
        boolean isNext = wasEmpty
                ? previous == null && (before.tag().isEmpty() || entry.isOfHistoryWith(before))
                : previous != null && previous.at().equals(before);
        if (!isNext) throw wrong(entry + " came after " + before + " and not after " + previous);
        at = now;
        delivered++;
    }

    void resync(String reason, Position head) {
        world.note("%s: resync %s from %s to %s", who, reason, at, head);
        checkHead(head);
        isResyncDue = false;
        resyncs++;
        Position before = at;
        at = head;
        if (broker.accidents() > 0 || before == null) return;
        if (reason.equals("epoch") || reason.equals("fork")) throw wrong("resync " + reason + ", and nothing was lost");
        int missed = 0;
        long oldest = world.nanoTime();
        for (Entry entry = broker.last(topic).orElse(null);
                entry != null && entry.offset() > before.offset();
                entry = entry.before()) {
            missed++;
            oldest = entry.storedAt();
        }
        if (missed <= Simulation.SIZE
                && world.nanoTime() - oldest < Simulation.AGE.dividedBy(2).toNanos()) {
            throw wrong("resync " + reason + " for " + missed + " messages that are all kept");
        }
    }

    /// Whether a position says that the topic has no message: it is that of a mark, or the beginning.
    private boolean isOrigin(Position position) {
        return position.tag().isEmpty()
                || broker.find(position)
                        .filter(entry -> entry.topic().startsWith("$"))
                        .isPresent();
    }

    /// A head is a message of the topic, or the topic has none.
    private void checkHead(Position head) {
        if (!isOrigin(head)) {
            Entry entry = broker.find(head).orElseThrow(() -> wrong("the head " + head + " was never stored"));
            if (!entry.topic().equals(topic)) throw wrong("the head is " + entry);
        } else {
            Entry first = broker.last(topic).map(Entry::first).orElse(null);
            boolean isKnown = first != null
                    && first.at().epoch().equals(head.epoch())
                    && world.nanoTime() - first.storedAt() > KNOWN_AFTER;
            if (isKnown) throw wrong("the head is " + head + " as of an empty topic, and there was " + first);
        }
    }

    /// When all is quiet it has to be at the end.
    void checkAtEnd() {
        Position now = at;
        if (now == null) throw wrong("never subscribed");
        Entry last = broker.last(topic).orElse(null);
        if (last == null ? isOrigin(now) : last.at().equals(now)) return;
        throw wrong("stays at " + now + ", and the last is " + last);
    }

    private AssertionError wrong(String what) {
        return world.failure(who + ": " + what);
    }
}
