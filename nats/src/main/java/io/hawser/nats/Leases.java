package io.hawser.nats;

import io.hawser.TimeSource;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StorageType;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which nodes live. Each renews its lease in time, under a name for this run of it: its incarnation.
///
/// Ages are told by this node's own clock, from when it heard of a renewal.
///
/// Thread: `renew` and `watch` from one thread; the others from any.
final class Leases implements KeyValueWatcher {
    static final Duration TERM = Duration.ofSeconds(10);
    static final Duration RENEWAL = Duration.ofMillis(2500);

    private record Lease(String incarnation, long nanos) {}

    private final BrokerConnection connection;
    private final Names names;
    private final NatsConfig config;
    private final TimeSource time;
    private final BrokerClock clock;
    private final String node;
    private final String incarnation;
    private final Map<String, Lease> leases = new ConcurrentHashMap<>();
    private @Nullable NatsKeyValueWatchSubscription watch;

    Leases(
            BrokerConnection connection,
            Names names,
            NatsConfig config,
            TimeSource time,
            BrokerClock clock,
            String node,
            String incarnation) {
        this.connection = connection;
        this.names = names;
        this.config = config;
        this.time = time;
        this.clock = clock;
        this.node = node;
        this.incarnation = incarnation;
    }

    String incarnation() {
        return incarnation;
    }

    /// Makes the bucket, takes a lease, and looks at those of others.
    void begin() throws IOException, JetStreamApiException, InterruptedException {
        Buckets.make(
                connection.now(),
                KeyValueConfiguration.builder(names.nodes())
                        .ttl(TERM)
                        .maxHistoryPerKey(1)
                        .replicas(config.replicas())
                        .storageType(StorageType.Memory)
                        .build());
        renew();
        BrokerConnection.stop(watch);
        watch = bucket().watchAll(this);
    }

    private KeyValue bucket() throws IOException {
        return connection.now().keyValue(names.nodes());
    }

    void renew() throws IOException, JetStreamApiException {
        bucket().put(Names.part(node), incarnation);
        leases.put(node, new Lease(incarnation, time.nanoTime()));
    }

    @Override
    public void watch(KeyValueEntry entry) {
        Names.text(entry.getKey()).ifPresent(name -> watch(name, entry));
    }

    private void watch(String name, KeyValueEntry entry) {
        String run = entry.getValueAsString();
        if (entry.getOperation() == KeyValueOperation.PUT && run != null) {
            leases.put(name, new Lease(run, time.nanoTime()));
            // What this run has said itself was said just now.
            if (run.equals(incarnation)) clock.heard(entry.getCreated().toInstant());
        } else {
            leases.remove(name);
        }
    }

    @Override
    public void endOfData() {}

    /// The nodes that live, this one included.
    Set<String> live() {
        long now = time.nanoTime();
        leases.values()
                .removeIf(lease -> now - lease.nanos() > TERM.toNanos()
                        && !lease.incarnation().equals(incarnation));
        return new TreeSet<>(leases.keySet());
    }

    /// Whether that run of that node lives.
    boolean isLive(String name, String run) {
        Lease lease = leases.get(name);
        return lease != null && lease.incarnation().equals(run) && time.nanoTime() - lease.nanos() <= TERM.toNanos();
    }

    void end() throws IOException, JetStreamApiException {
        BrokerConnection.stop(watch);
        bucket().delete(Names.part(node));
    }
}
