package io.hawser.nats;

import io.hawser.Cancelled;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RateLimitStore;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Permits that several processes share, in a key-value bucket of NATS, by its compare-and-set.
///
/// ```java
/// NatsConfig nats = NatsConfig.of("nats://127.0.0.1:4222");
/// NatsRateLimits shared = NatsRateLimits.open(nats, "billing", RateLimit.perSecond(50));
/// RateLimiter limiter = RateLimiter.on(shared, false, Duration.ofSeconds(2), context);
/// ```
///
/// A permit costs one round trip to the broker, or two where another process took the one before: enough for
/// some hundred calls a second of one key. Time is the broker's, so that the clocks of machines need not agree.
///
/// Thread: safe from any; calls wait for the broker.
///
/// Errors: [Rejected], processed NO, where the broker cannot be reached or others are always quicker;
/// [Cancelled] on an interrupt, and the flag stays set.
public final class NatsRateLimits implements RateLimitStore, AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(31);
    private static final Duration CLOCK_IS_GOOD = Duration.ofMinutes(1);
    private static final String CLOCK = "clock";
    private static final int MAX_TRIES = 100;
    private static final int STRIPES = 64;
    private static final int WRONG_SEQUENCE = 10071;

    private final RateLimit limit;
    private final Connection connection;
    private final KeyValue bucket;
    private final TimeSource time;
    private final BrokerClock clock;
    /// So that the threads of one process do not compete for a key at the broker.
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

    private volatile long clockNanos;

    /// A value and which it is; revision 0 where there is none.
    private record Read(SharedPermits permits, long revision) {}

    /// What came of one look: what is to be written, if anything, and the answer.
    private record Decision(@Nullable SharedPermits changed, Grant grant) {}

    private NatsRateLimits(RateLimit limit, Connection connection, KeyValue bucket, TimeSource time)
            throws IOException, JetStreamApiException {
        this.limit = limit;
        this.connection = connection;
        this.bucket = bucket;
        this.time = time;
        this.clock = new BrokerClock(time);
        for (int i = 0; i < STRIPES; i++) locks[i] = new ReentrantLock();
        hearTime();
    }

    /// Connects.
    ///
    /// @param name what the limit is of: 1 to 32 lower-case letters, digits or `-`; whoever opens the same
    ///     shares it, and has to give the same limit
    /// @throws StartupFailed if no broker can be reached, or it has no JetStream
    public static NatsRateLimits open(NatsConfig config, String name, RateLimit limit) {
        return open(config, name, limit, TimeSource.system());
    }

    /// On a clock of the caller's, which carries on the broker's time.
    ///
    /// @throws StartupFailed as the other one
    public static NatsRateLimits open(NatsConfig config, String name, RateLimit limit, TimeSource time) {
        if (!name.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException("name '" + name + "': 1 to 32 lower-case letters, digits or -");
        }
        if (limit.period().compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException("period " + limit.period() + ": at most " + LONGEST_PERIOD);
        }
        Connection connection = Connecting.connect(config, "rates " + name, (at, event) -> {}, new QuietErrors());
        try {
            String bucket = new Names(config.prefix()).rates(name);
            Duration filling = limit.period().multipliedBy(1 + Math.ceilDiv(limit.burst(), limit.permits()));
            var _ = connection
                    .keyValueManagement()
                    .create(KeyValueConfiguration.builder(bucket)
                            .ttl(KEPT.plus(filling))
                            .maxHistoryPerKey(1)
                            .replicas(config.replicas())
                            .storageType(StorageType.Memory)
                            .build());
            return new NatsRateLimits(limit, connection, connection.keyValue(bucket), time);
        } catch (IOException | JetStreamApiException e) {
            close(connection);
            throw new StartupFailed("NATS has no place for shared rate limits: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    /// What this process has just written has just been written for the broker, too.
    private void hearTime() throws IOException, JetStreamApiException {
        var _ = bucket.put(CLOCK, new byte[0]);
        long written = time.nanoTime();
        KeyValueEntry entry = bucket.get(CLOCK);
        if (entry == null) throw new IOException("what was written is not there");
        clock.heard(entry.getCreated().toInstant(), written);
        clockNanos = written;
    }

    private long now() throws IOException, JetStreamApiException {
        if (time.nanoTime() - clockNanos > CLOCK_IS_GOOD.toNanos()) hearTime();
        Instant now = clock.now();
        return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
    }

    @Override
    public Grant take(String key, Duration maxWait) {
        return change(key, (known, now) -> {
            Duration wait = known.wait(limit, now);
            if (wait.compareTo(maxWait) > 0) return new Decision(null, new Grant(false, wait));
            return new Decision(known.plus(limit, 1), wait.isZero() ? Grant.now() : new Grant(true, wait));
        });
    }

    @Override
    public void giveBack(String key) {
        var _ = change(key, (known, now) -> new Decision(known.plus(limit, -1), Grant.now()));
    }

    @Override
    public void hold(String key, Duration duration) {
        Duration bounded = duration.compareTo(KEPT) < 0 ? duration : KEPT;
        var _ = change(key, (known, now) -> new Decision(known.heldUntil(now + bounded.toNanos()), Grant.now()));
    }

    @Override
    public void lower(String key, long remaining) {
        var _ = change(key, (known, now) -> {
            SharedPermits lowered = known.lowered(limit, remaining, now);
            return new Decision(lowered.equals(known) ? null : lowered, Grant.now());
        });
    }

    private interface Change {
        Decision of(SharedPermits known, long now);
    }

    /// Looks, decides and writes, until nobody has written in between.
    private Grant change(String key, Change change) {
        // A key may be empty, which no name in NATS is.
        String token = "k-" + Names.token(key);
        ReentrantLock lock = locks[Math.floorMod(token.hashCode(), STRIPES)];
        lock.lock();
        try {
            for (int i = 0; i < MAX_TRIES; i++) {
                Read read = read(token);
                long now = now();
                Decision decision = change.of(read.permits().at(limit, now), now);
                if (decision.changed() == null || write(token, decision.changed(), read.revision())) {
                    return decision.grant();
                }
                Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(1 + i * 100_000L)));
            }
            throw new Rejected(
                    "the rate limit of '" + key + "' is asked for by too many at once", Duration.ofSeconds(1));
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            // Also what an interrupt makes of a request.
            if (Thread.currentThread().isInterrupted()) throw cancelled(e);
            throw LogStream.away(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled(e);
        } finally {
            lock.unlock();
        }
    }

    private static Cancelled cancelled(Exception cause) {
        return new Cancelled("interrupted while asking for a permit", Processed.NO, cause);
    }

    private Read read(String token) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(token);
        byte[] value = entry == null ? null : entry.getValue();
        if (entry == null || value == null) return new Read(SharedPermits.NONE_USED, 0);
        return new Read(SharedPermits.of(value), entry.getRevision());
    }

    private boolean write(String token, SharedPermits permits, long revision)
            throws IOException, JetStreamApiException {
        try {
            if (revision == 0) bucket.create(token, permits.toBytes());
            else bucket.update(token, permits.toBytes(), revision);
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != WRONG_SEQUENCE) throw e;
            return false;
        }
    }

    /// Leaves what is used to the others. Closing twice does nothing.
    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
