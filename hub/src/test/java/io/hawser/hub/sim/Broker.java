package io.hawser.hub.sim;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborValues;
import io.hawser.internal.topic.Appended;
import io.hawser.internal.topic.LoadedTopic;
import io.hawser.internal.topic.LogBroker;
import io.hawser.internal.topic.LogState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A model of JetStream: one stream with a limit per subject, its consumers, and what becomes of it when a
/// server crashes, is restored from an older state or loses its disk. Everything here takes no time; a
/// [Link] does.
final class Broker {
    /// What is on its disk.
    private static final class Stream {
        final String epoch;
        final TreeMap<Long, Entry> kept;
        final Map<String, Entry> lastOfTopic;
        final Map<String, Entry> byMid;

        @Nullable
        Entry newest;

        long last;

        Stream(String epoch) {
            this.epoch = epoch;
            this.kept = new TreeMap<>();
            this.lastOfTopic = new HashMap<>();
            this.byMid = new HashMap<>();
        }

        Stream(Stream other) {
            this.epoch = other.epoch;
            this.kept = new TreeMap<>(other.kept);
            this.lastOfTopic = new HashMap<>(other.lastOfTopic);
            this.byMid = new HashMap<>(other.byMid);
            this.newest = other.newest;
            this.last = other.last;
        }
    }

    /// One node's consumer.
    final class Consumer {
        private final Link link;
        private final String epoch;
        private final LogBroker.Receiver receiver;
        private final int connection;
        private long number;

        private Consumer(Link link, String epoch, LogBroker.Receiver receiver) {
            this.link = link;
            this.epoch = epoch;
            this.receiver = receiver;
            this.connection = link.connection();
        }

        private void send(Entry entry) {
            long mine = ++number;
            Position at = new Position(epoch, entry.offset(), entry.at().tag());
            TopicMessage named = new TopicMessage(
                    entry.message().topic(),
                    at,
                    entry.message().payload(),
                    entry.message().publishedAt());
            link.deliver(connection, () -> {
                if (!isClosed) receiver.message(mine, named);
            });
        }

        private boolean isClosed;

        void close() {
            world.note("broker: a consumer less for %s", link);
            isClosed = true;
            consumers.remove(this);
        }
    }

    private final World world;
    private final int perTopic;
    private final List<Consumer> consumers = new ArrayList<>();
    private final Map<Position, Entry> everything = new HashMap<>();
    private final Map<String, Entry> byTag = new HashMap<>();
    private final Set<String> texts = new HashSet<>();
    private @Nullable Stream stream;
    private @Nullable Stream snapshot;
    private int lives;
    private int accidents;
    private boolean isUp = true;
    /// What it does wrong, if the simulator itself is tried.
    private Flaw flaw = Flaw.NONE;

    enum Flaw {
        NONE,
        /// Whoever reads what is kept does not get one of ten messages.
        FORGETS_SOME,
        /// One of twenty messages is acknowledged and not stored.
        STORES_NOT_ALL
    }

    Broker(World world, int perTopic) {
        this.world = world;
        this.perTopic = perTopic;
    }

    void be(Flaw changed) {
        flaw = changed;
    }

    boolean isUp() {
        return isUp;
    }

    private Stream stream() {
        Stream there = stream;
        if (there == null) throw new Rejected("no stream", Duration.ofSeconds(1));
        return there;
    }

    LogState state() {
        if (stream == null) {
            stream = new Stream("life" + ++lives);
            world.note("broker: a new stream, %s", stream.epoch);
        }
        Stream now = stream();
        long first = now.kept.isEmpty() ? now.last + 1 : now.kept.firstKey();
        return new LogState(now.epoch, first, now.last, perTopic);
    }

    String tagAt(long offset) {
        Entry entry = stream().kept.get(offset);
        return entry == null ? "" : entry.at().tag();
    }

    List<LoadedTopic.Aged> kept(Topic topic, String epoch) {
        List<LoadedTopic.Aged> kept = new ArrayList<>();
        for (Entry entry : stream().kept.values()) {
            if (!entry.message().topic().equals(topic)) continue;
            if (flaw == Flaw.FORGETS_SOME && entry.offset() % 10 == 0) continue;
            Position at = new Position(epoch, entry.offset(), entry.at().tag());
            TopicMessage named = new TopicMessage(
                    topic, at, entry.message().payload(), entry.message().publishedAt());
            long age = Duration.between(named.publishedAt(), world.trueNow()).toNanos();
            kept.add(new LoadedTopic.Aged(named, age));
        }
        return kept;
    }

    Appended append(Publication publication, String tag) {
        Stream there = stream();
        String mid = publication.topic() + "|" + publication.principal() + "|" + publication.mid();
        Entry known = publication.hasMid() ? there.byMid.get(mid) : null;
        if (known != null) {
            return new Appended(known.offset(), tagAt(known.offset()), true);
        }
        if (flaw == Flaw.STORES_NOT_ALL && there.last % 20 == 0) return new Appended(there.last + 1, tag, false);
        Position at = new Position(there.epoch, ++there.last, tag);
        TopicMessage message = new TopicMessage(publication.topic(), at, publication.payload(), world.trueNow());
        String topic = publication.topic().name();
        Entry entry = new Entry(
                message, text(publication.payload()), world.nanoTime(), there.lastOfTopic.get(topic), there.newest);
        there.kept.put(at.offset(), entry);
        there.newest = entry;
        there.lastOfTopic.put(topic, entry);
        if (publication.hasMid()) there.byMid.put(mid, entry);
        everything.put(at, entry);
        byTag.put(topic + "|" + tag, entry);
        texts.add(topic + "|" + entry.text());
        world.note("broker: stored %s", entry);
        trim(there, topic);
        for (Consumer consumer : consumers) consumer.send(entry);
        return new Appended(at.offset(), tag, false);
    }

    private void trim(Stream there, String topic) {
        List<Long> offsets = new ArrayList<>();
        there.kept.forEach((offset, entry) -> {
            if (entry.topic().equals(topic)) offsets.add(offset);
        });
        for (int i = 0; i < offsets.size() - perTopic; i++) there.kept.remove(offsets.get(i));
    }

    static String text(Bytes signed) {
        if (signed.isEmpty()) return "";
        return String.valueOf(CborValues.readMap(CborReader.of(signed, 32)).get("d"));
    }

    Consumer follow(Link link, String epoch, long offset, LogBroker.Receiver receiver) {
        Consumer consumer = new Consumer(link, epoch, receiver);
        world.note("broker: a consumer for %s from %d", link, offset);
        consumers.add(consumer);
        // As JetStream does, it goes back to what is next if it is asked for what is far ahead.
        stream().kept.tailMap(offset, true).values().forEach(consumer::send);
        return consumer;
    }

    /// The consumers of a node that has died go, sooner or later.
    void forget(Link link) {
        consumers.removeIf(consumer -> consumer.link == link);
    }

    int consumers() {
        return consumers.size();
    }

    /// The message at a position of any life of the history, if there ever was one.
    Optional<Entry> find(Position at) {
        return Optional.ofNullable(everything.get(at));
    }

    /// The message of a topic that has that tag, in whatever life of the history.
    Optional<Entry> findByTag(String topic, String tag) {
        return Optional.ofNullable(byTag.get(topic + "|" + tag));
    }

    /// Whether a text was ever stored in a topic.
    boolean wasStored(String topic, String text) {
        return texts.contains(topic + "|" + text);
    }

    /// The last message of a topic in the history as it is now.
    Optional<Entry> last(String topic) {
        return stream == null ? Optional.empty() : Optional.ofNullable(stream.lastOfTopic.get(topic));
    }

    /// How often messages were lost that had been stored.
    int accidents() {
        return accidents;
    }

    void takeSnapshot() {
        if (stream == null) return;
        snapshot = new Stream(stream);
        world.note("broker: a snapshot at %d", stream.last);
    }

    /// Goes back to the last snapshot, if it is one of this life.
    void restoreSnapshot() {
        if (snapshot == null || stream == null || !snapshot.epoch.equals(stream.epoch)) return;
        accidents++;
        stream = new Stream(snapshot);
        world.note("broker: back to the snapshot at %d", stream.last);
        loseConsumers();
    }

    /// Loses the last `count` messages, as a crash does before they are on disk.
    void rollBack(long count) {
        if (stream == null) return;
        Stream there = new Stream(stream);
        stream = there;
        accidents++;
        there.last = Math.max(0, there.last - count);
        there.kept.tailMap(there.last, false).clear();
        while (there.newest != null && there.newest.offset() > there.last) there.newest = there.newest.earlier();
        there.byMid.values().removeIf(entry -> entry.offset() > there.last);
        for (String topic : List.copyOf(there.lastOfTopic.keySet())) {
            Entry entry = there.lastOfTopic.get(topic);
            while (entry != null && entry.offset() > there.last) entry = entry.before();
            if (entry == null) there.lastOfTopic.remove(topic);
            else there.lastOfTopic.put(topic, entry);
        }
        world.note("broker: rolled back to %d", there.last);
        loseConsumers();
    }

    void loseEverything() {
        accidents++;
        stream = null;
        world.note("broker: all data is gone");
        loseConsumers();
    }

    /// Consumers are in memory, and go with their server.
    private void loseConsumers() {
        for (Consumer consumer : consumers) consumer.link.heartbeatsEnd();
        consumers.clear();
    }

    /// Consumers are in the memory of its servers.
    void restartConsumers() {
        loseConsumers();
    }

    void goDown() {
        isUp = false;
        world.note("broker: down");
    }

    void comeUp() {
        isUp = true;
        world.note("broker: up");
    }
}
