package io.hawser.nats;

import io.hawser.cluster.Member;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Topic;
import io.hawser.internal.topic.LocalPresence;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StorageType;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who is where, in a bucket under keys of `INCARNATION.SESSION.TOPIC`, of which every node has a copy in
/// memory: asking waits for nobody, and what a dead node's run has said counts no more.
///
/// Thread: `begin`, `flush` and `sweep` from one thread; the others from any.
final class NatsPresence implements Presence, KeyValueWatcher {
    /// Entries that nobody renews or sweeps, as when a whole cluster dies, go after this time.
    static final Duration KEPT = Duration.ofHours(1);

    record Key(String incarnation, String session, Topic topic) {
        String text() {
            return Names.part(incarnation) + '.' + Names.part(session) + '.' + Names.part(topic.name());
        }

        /// What [#text] wrote; empty where it is anything else.
        static Optional<Key> parse(String text) {
            String[] parts = text.split("\\.", -1);
            if (parts.length != 3) return Optional.empty();
            Optional<String> session = Names.text(parts[1]);
            Optional<Topic> topic = Names.text(parts[2]).flatMap(Names::named);
            if (session.isEmpty() || topic.isEmpty()) return Optional.empty();
            return Names.text(parts[0]).map(incarnation -> new Key(incarnation, session.get(), topic.get()));
        }
    }

    private final BrokerConnection connection;
    private final Names names;
    private final NatsConfig config;
    private final Leases leases;
    private final String node;
    private final Runnable changed;
    private final LocalPresence here;
    private final Map<Topic, Map<Key, Member>> elsewhere = new ConcurrentHashMap<>();
    /// The client names of what this node says.
    private final SaidEntries<Key> own = new SaidEntries<>();
    private final BucketWriter writer;
    private @Nullable NatsKeyValueWatchSubscription watch;

    /// @param changed told when there is something to flush
    NatsPresence(
            BrokerConnection connection, Names names, NatsConfig config, Leases leases, String node, Runnable changed)
            throws IOException {
        this.connection = connection;
        this.names = names;
        this.config = config;
        this.leases = leases;
        this.node = node;
        this.changed = changed;
        this.here = new LocalPresence(node);
        this.writer = new BucketWriter(connection, names.presence());
    }

    @Override
    public void join(Topic topic, String session, String client) {
        here.join(topic, session, client);
        own.put(new Key(leases.incarnation(), session, topic), client);
        changed.run();
    }

    @Override
    public void leave(Topic topic, String session) {
        here.leave(topic, session);
        own.remove(new Key(leases.incarnation(), session, topic));
        changed.run();
    }

    @Override
    public List<Member> members(Topic topic) {
        List<Member> members = new ArrayList<>(here.members(topic));
        elsewhere(topic).forEach(members::add);
        members.sort(Comparator.comparing(Member::session));
        return members;
    }

    @Override
    public int count(Topic topic) {
        return here.count(topic) + (int) elsewhere(topic).count();
    }

    private Stream<Member> elsewhere(Topic topic) {
        return elsewhere.getOrDefault(topic, Map.of()).entrySet().stream()
                .filter(each ->
                        leases.isLive(each.getValue().node(), each.getKey().incarnation()))
                .map(Map.Entry::getValue);
    }

    /// Makes the bucket, looks at it from the beginning, and says again all that is here.
    void begin() throws IOException, JetStreamApiException, InterruptedException {
        Buckets.make(
                connection.now(),
                KeyValueConfiguration.builder(names.presence())
                        .ttl(KEPT)
                        .maxHistoryPerKey(1)
                        .replicas(config.replicas())
                        .storageType(StorageType.Memory)
                        .build());
        BrokerConnection.stop(watch);
        elsewhere.clear();
        watch = connection.now().keyValue(names.presence()).watchAll(this);
        repeat();
    }

    /// Says again all that is here.
    void repeat() {
        own.repeat();
    }

    /// Writes what has changed; if it is very much, a part of it, and the rest when it is called again.
    void flush() throws IOException {
        if (!own.flush(this::write)) changed.run();
    }

    private CompletableFuture<?> write(Key key, @Nullable String client) {
        return client == null ? writer.delete(key.text()) : writer.put(key.text(), node + '\n' + client);
    }

    @Override
    public void watch(KeyValueEntry entry) {
        Key.parse(entry.getKey())
                .filter(key -> !key.incarnation().equals(leases.incarnation()))
                .ifPresent(key -> watch(key, entry));
    }

    private void watch(Key key, KeyValueEntry entry) {
        String value = entry.getValueAsString();
        if (entry.getOperation() == KeyValueOperation.PUT && value != null) {
            String[] said = value.split("\n", 2);
            if (said.length < 2) return;
            elsewhere
                    .computeIfAbsent(key.topic(), topic -> new ConcurrentHashMap<>())
                    .put(key, new Member(key.session(), said[1], said[0]));
        } else {
            elsewhere.computeIfPresent(key.topic(), (topic, members) -> {
                members.remove(key);
                return members.isEmpty() ? null : members;
            });
        }
    }

    @Override
    public void endOfData() {}

    /// Takes out of the bucket what runs have said that live no more. One node does it: the first by name.
    void sweep() throws IOException {
        if (!leases.live().iterator().next().equals(node)) return;
        List<Key> dead = new ArrayList<>();
        for (Map<Key, Member> members : elsewhere.values()) {
            members.forEach((key, member) -> {
                if (!leases.isLive(member.node(), key.incarnation())) dead.add(key);
            });
        }
        for (int i = 0; i < dead.size(); i += SaidEntries.AT_ONCE) {
            SaidEntries.await(dead.subList(i, Math.min(dead.size(), i + SaidEntries.AT_ONCE)).stream()
                    .<CompletableFuture<?>>map(key -> writer.delete(key.text()))
                    .toList());
        }
    }

    /// Takes out all that is here.
    void end() throws IOException, JetStreamApiException {
        BrokerConnection.stop(watch);
        own.clear();
        boolean isDone = false;
        while (!isDone) isDone = own.flush(this::write);
    }
}
