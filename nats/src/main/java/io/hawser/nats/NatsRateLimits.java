package io.hawser.nats;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.StartupFailed;
import io.hawser.TimeSource;
import io.hawser.nats.AskedChange.Decision;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RateLimitStore;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.StorageType;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Permits that several processes share, in a key-value bucket of NATS, by its compare-and-set.
///
/// ```java
/// NatsConfig nats = NatsConfig.of("nats://127.0.0.1:4222");
/// NatsRateLimits shared = NatsRateLimits.open(nats, "billing", RateLimit.perSecond(50));
/// RateLimiter limiter = RateLimiter.on(shared, false, Duration.ofSeconds(2), context);
/// ```
///
/// A permit costs two round trips to the broker, and those who want one of the same key meanwhile share the
/// next two. Time is the broker's, so that the clocks of machines need not agree.
///
/// Thread: safe from any; calls wait for the broker, within their [Deadline].
///
/// Errors: [Rejected] where the broker cannot be reached, others are always quicker, or 10,000 callers wait
/// for one key; [io.hawser.ConnectionLost] where the broker has not said whether it has what was changed;
/// [DeadlineExceeded]; [Cancelled]. Processed is MAYBE where a change may have been written; of a permit it is
/// always NO, as what it is for is not done: one that nobody heard of counts as used.
public final class NatsRateLimits implements RateLimitStore, AutoCloseable {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration LONGEST_PERIOD = Duration.ofDays(31);
    private static final Duration CLOCK_IS_GOOD = Duration.ofMinutes(1);
    private static final String CLOCK = "clock";
    private static final int MAX_TRIES = 100;
    private static final int MOST_WAITING = 10_000;
    private static final Duration COME_BACK = Duration.ofSeconds(1);
    private static final int WRONG_SEQUENCE = 10071;

    private final RateLimit limit;
    private final BrokerConnection connection;
    private final KeyValueConfiguration wanted;
    private final TimeSource time;
    private final BrokerClock clock;
    /// What the names of all keys begin with: another limit counts apart.
    private final String shape;
    /// So that the callers of one process do not compete for a key at the broker.
    private final Gathering<AskedChange> callers = new Gathering<>(MOST_WAITING, this::serve);

    private volatile long clockNanos;
    private volatile @Nullable Opened opened;

    /// The bucket, as one connection reaches it.
    private record Opened(Connection at, KeyValue bucket) {}

    /// A value and which it is; revision 0 where there is none.
    private record Read(SharedPermits permits, long revision) {}

    private NatsRateLimits(RateLimit limit, BrokerConnection connection, KeyValueConfiguration wanted, TimeSource time)
            throws IOException, JetStreamApiException {
        this.limit = limit;
        this.connection = connection;
        this.wanted = wanted;
        this.time = time;
        this.clock = new BrokerClock(time);
        this.shape = shape(limit);
        hearTime();
    }

    private static String shape(RateLimit limit) {
        return "%d-%d-%d-%s-"
                .formatted(limit.permits(), limit.period().toNanos(), limit.burst(), limit.windowed() ? "w" : "b");
    }

    /// Connects.
    ///
    /// @param name what the limit is of: 1 to 32 lower-case letters, digits or `-`; whoever opens the same
    ///     and limit shares it; another limit of that name counts apart
    /// @throws StartupFailed if no broker can be reached, or it has no JetStream
    /// @throws IllegalArgumentException for another name, and for a period of more than 31 days
    public static NatsRateLimits open(NatsConfig config, String name, RateLimit limit) {
        return open(config, name, limit, TimeSource.system());
    }

    /// On a clock of the caller's, which carries on the broker's time.
    ///
    /// @throws StartupFailed as the other one
    /// @throws IllegalArgumentException as the other one
    public static NatsRateLimits open(NatsConfig config, String name, RateLimit limit, TimeSource time) {
        if (!name.matches("[a-z0-9-]{1,32}")) {
            throw new IllegalArgumentException("name '" + name + "': 1 to 32 lower-case letters, digits or -");
        }
        if (limit.period().compareTo(LONGEST_PERIOD) > 0) {
            throw new IllegalArgumentException("period " + limit.period() + ": at most " + LONGEST_PERIOD);
        }
        BrokerConnection connection = new BrokerConnection(
                () -> Connecting.connect(config, "rates " + name, (at, event) -> {}, new QuietErrors()));
        try {
            Duration filling = limit.period().multipliedBy(1 + Math.ceilDiv(limit.burst(), limit.permits()));
            KeyValueConfiguration wanted = KeyValueConfiguration.builder(new Names(config.prefix()).rates(name))
                    .ttl(KEPT.plus(filling))
                    .maxHistoryPerKey(1)
                    .replicas(config.replicas())
                    .storageType(StorageType.Memory)
                    .build();
            return new NatsRateLimits(limit, connection, wanted, time);
        } catch (IOException | JetStreamApiException e) {
            connection.close();
            throw new StartupFailed("NATS has no place for shared rate limits: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /// One that is there keeps what it keeps for as long as any limit of its name has needed.
    private static void open(KeyValueManagement buckets, KeyValueConfiguration wanted)
            throws IOException, JetStreamApiException {
        try {
            var _ = buckets.create(wanted);
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != Buckets.OTHER_SETTINGS) throw e;
            @Nullable Duration kept = buckets.getStatus(wanted.getBucketName()).getTtl();
            Duration needed = wanted.getTtl();
            if (kept != null && needed != null && kept.compareTo(needed) < 0) {
                var _ = buckets.update(wanted);
            }
        }
    }

    /// It is in memory, so a broker that was started anew has it no more.
    @SuppressWarnings("ReferenceEquality") // connections are identities
    private KeyValue bucket() throws IOException, JetStreamApiException {
        Connection at = connection.now();
        Opened known = opened;
        if (known != null && known.at() == at) return known.bucket();
        open(at.keyValueManagement(), wanted);
        KeyValue made = at.keyValue(wanted.getBucketName());
        opened = new Opened(at, made);
        return made;
    }

    /// What this process has just written has just been written for the broker, too.
    private void hearTime() throws IOException, JetStreamApiException {
        var _ = bucket().put(CLOCK, new byte[0]);
        long written = time.nanoTime();
        KeyValueEntry entry = bucket().get(CLOCK);
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
        return change(key, true, (known, now) -> {
            Duration wait = known.wait(limit, now);
            if (wait.compareTo(maxWait) > 0) return new Decision(null, new Grant(false, wait));
            return new Decision(known.plus(limit, 1), wait.isZero() ? Grant.now() : new Grant(true, wait));
        });
    }

    @Override
    public void giveBack(String key) {
        var _ = change(key, false, this::givenBack);
    }

    private Decision givenBack(SharedPermits known, long now) {
        return new Decision(known.plus(limit, -1), Grant.now());
    }

    /// As [RateLimitStore#hold(String, Duration)], for an hour at most.
    @Override
    public void hold(String key, Duration duration) {
        Duration bounded = duration.compareTo(KEPT) < 0 ? duration : KEPT;
        var _ = change(key, false, (known, now) -> new Decision(known.heldUntil(now + bounded.toNanos()), Grant.now()));
    }

    @Override
    public void lower(String key, long remaining) {
        var _ = change(key, false, (known, now) -> {
            SharedPermits lowered = known.lowered(limit, remaining, now);
            return new Decision(lowered.equals(known) ? null : lowered, Grant.now());
        });
    }

    /// Waits until the broker has it.
    private Grant change(String key, boolean isPermit, AskedChange.Change change) {
        // A key may be empty, which no name in NATS is.
        String token = shape + Names.part(key);
        AskedChange asked = new AskedChange(isPermit, change);
        if (!callers.ask(token, asked)) {
            throw new Rejected("more than " + MOST_WAITING + " wait for the rate limit of '" + key + "'", COME_BACK);
        }
        try {
            return asked.answer().get(Deadline.current().remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HawserException ours) throw ours;
            throw LogStream.away(e);
        } catch (TimeoutException e) {
            leave(token, asked);
            throw new DeadlineExceeded("the rate limit of '" + key + "'", asked.processed());
        } catch (InterruptedException e) {
            leave(token, asked);
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while asking for a permit of '" + key + "'", asked.processed(), e);
        }
    }

    /// Nobody waits for it any more, though it may just have been answered.
    private void leave(String token, AskedChange asked) {
        if (asked.answer().cancel(false) || asked.answer().isCompletedExceptionally()) return;
        unwanted(token, asked, asked.answer().resultNow());
    }

    private void unwanted(String token, AskedChange asked, Grant grant) {
        if (!asked.isPermit() || !grant.granted()) return;
        // Where too many wait, the permit is lost, which only slows down.
        var _ = callers.ask(token, new AskedChange(false, this::givenBack));
    }

    /// Looks, decides for one caller after another, and writes once, until nobody has written in between.
    private void serve(String token, List<AskedChange> waiting) {
        List<AskedChange> all =
                waiting.stream().filter(asked -> !asked.answer().isDone()).toList();
        if (all.isEmpty()) return;
        try {
            connection.mend();
            for (int i = 0; i < MAX_TRIES; i++) {
                if (served(token, all)) return;
                Thread.sleep(Duration.ofNanos(ThreadLocalRandom.current().nextLong(1 + i * 100_000L)));
            }
            fail(all, asked -> new Rejected("the rate limit is asked for by too many at once", COME_BACK));
        } catch (Throwable away) {
            opened = null;
            fail(all, asked -> reason(asked, away));
        }
    }

    /// What was not begun, or is a permit, is as good as not asked for; and without a connection nothing is
    /// sent.
    private static HawserException reason(AskedChange asked, Throwable failure) {
        return asked.processed() == Processed.NO || failure instanceof IllegalStateException
                ? LogStream.away(failure)
                : LogWriter.reason(failure, "what changes a rate limit");
    }

    private boolean served(String token, List<AskedChange> waiting) throws IOException, JetStreamApiException {
        Read read = read(token);
        long now = now();
        SharedPermits permits = read.permits().at(limit, now);
        boolean isChanged = false;
        List<AskedChange> all = waiting.stream().filter(AskedChange::begin).toList();
        List<Grant> grants = new ArrayList<>(all.size());
        for (AskedChange asked : all) {
            Decision decision = asked.decide(permits, now);
            grants.add(decision.grant());
            if (decision.changed() == null) continue;
            permits = decision.changed();
            isChanged = true;
        }
        if (isChanged && !write(token, permits, read.revision())) {
            all.forEach(AskedChange::refused);
            return false;
        }
        for (int i = 0; i < grants.size(); i++) {
            AskedChange asked = all.get(i);
            if (!asked.answer().complete(grants.get(i))) unwanted(token, asked, grants.get(i));
        }
        return true;
    }

    private static void fail(List<AskedChange> all, Function<AskedChange, HawserException> failure) {
        for (AskedChange asked : all) asked.answer().completeExceptionally(failure.apply(asked));
    }

    private Read read(String token) throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket().get(token);
        byte[] value = entry == null ? null : entry.getValue();
        if (entry == null || value == null) return new Read(SharedPermits.NONE_USED, 0);
        return new Read(SharedPermits.of(value), entry.getRevision());
    }

    private boolean write(String token, SharedPermits permits, long revision)
            throws IOException, JetStreamApiException {
        try {
            if (revision == 0) bucket().create(token, permits.toBytes());
            else bucket().update(token, permits.toBytes(), revision);
            return true;
        } catch (JetStreamApiException e) {
            if (e.getApiErrorCode() != WRONG_SEQUENCE) throw e;
            return false;
        }
    }

    /// Leaves what is used to the others. What is asked for after it is [Rejected]. Closing twice does nothing.
    @Override
    public void close() {
        connection.close();
    }
}
