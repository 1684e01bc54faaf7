package io.hawser.hub.sim;

import java.util.HashMap;
import java.util.Map;

/// How a client follows logs by a pattern, without positions: at most once, so between two messages of a
/// topic there may be others only where it was told of a gap, or has lost its connection.
final class FollowedPattern {
    private final World world;
    private final Broker broker;
    private final String who;
    private final Map<String, Entry> last = new HashMap<>();
    private long delivered;
    private long gaps;

    FollowedPattern(World world, Broker broker, String client, String pattern) {
        this.world = world;
        this.broker = broker;
        this.who = client + " on " + pattern;
    }

    long delivered() {
        return delivered;
    }

    long gaps() {
        return gaps;
    }

    /// A new connection: what was on its way on the one before is lost.
    void connected() {
        last.clear();
    }

    void gap(long missed) {
        world.note("%s: gap %d", who, missed);
        gaps++;
        last.clear();
    }

    void message(String topic, String tag, String text) {
        Entry entry = broker.findByTag(topic, tag).orElseThrow(() -> wrong(topic + " " + tag + " was never stored"));
        if (!entry.text().equals(text)) throw wrong("'" + text + "' came, and " + entry + " was stored");
        Entry before = last.put(topic, entry);
        delivered++;
        if (before == null || before.equals(entry.before())) return;
        throw wrong(entry + " came after " + before + " and not after " + entry.before() + ", without a gap");
    }

    private AssertionError wrong(String what) {
        return world.failure(who + ": " + what);
    }
}
