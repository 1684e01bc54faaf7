package io.hawser.policy;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderBuildStage;
import io.github.bucket4j.BandwidthBuilder.BandwidthBuilderCapacityStage;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.hawser.TimeSource;
import java.time.Duration;
import java.util.Objects;

/// Counts permits in this process, in one bucket for each key, and one for all calls without a key.
///
/// A key that nobody asked for in an hour, and in the time that a bucket takes to fill, is forgotten: its
/// bucket would be full. Above the largest number of keys those go that were used least, and begin with a
/// full bucket if they come back.
final class LocalRateLimits implements RateLimitStore {
    private static final Duration IDLE_MIN = Duration.ofHours(1);

    private final RateLimit limit;
    private final TimeSource time;
    private final Entry unkeyed;
    private final LoadingCache<String, Entry> entries;

    LocalRateLimits(RateLimit limit, int maxKeys, TimeSource time) {
        this.limit = limit;
        this.time = time;
        this.unkeyed = new Entry();
        // On the thread of the caller: what it does is little, and a test's time must not depend on a pool.
        this.entries = Caffeine.newBuilder()
                .maximumSize(maxKeys)
                .expireAfterAccess(idle(limit))
                .ticker(time::nanoTime)
                .executor(Runnable::run)
                .build(key -> new Entry());
    }

    private static Duration idle(RateLimit limit) {
        Duration filling = limit.period().multipliedBy(Math.ceilDiv(limit.burst(), limit.permits()));
        return filling.compareTo(IDLE_MIN) > 0 ? filling : IDLE_MIN;
    }

    private Entry entry(String key) {
        return key.isEmpty() ? unkeyed : Objects.requireNonNull(entries.get(key), "the loader makes one");
    }

    @Override
    public Grant take(String key, Duration maxWait) {
        return entry(key).take(Checked.saturatedNanos(maxWait));
    }

    @Override
    public void giveBack(String key) {
        entry(key).bucket.addTokens(1);
    }

    @Override
    public void hold(String key, Duration duration) {
        Duration most = duration.compareTo(IDLE_MIN) > 0 ? IDLE_MIN : duration;
        entry(key).hold(Checked.saturatedNanos(most));
    }

    @Override
    public void lower(String key, long remaining) {
        Bucket bucket = entry(key).bucket;
        long surplus = bucket.getAvailableTokens() - Math.max(0, remaining);
        if (surplus > 0) bucket.tryConsumeAsMuchAsPossible(surplus);
    }

    long keys() {
        entries.cleanUp();
        return entries.estimatedSize();
    }

    private final class Entry {
        private final Bucket bucket = Bucket.builder()
                .addLimit(LocalRateLimits.this::bandwidth)
                .withCustomTimePrecision(new Meter(time))
                .build();
        private volatile boolean held;
        private volatile long heldUntil;

        private long heldNanos() {
            return held ? Math.max(0, heldUntil - time.nanoTime()) : 0;
        }

        Grant take(long maxWaitNanos) {
            long heldNanos = heldNanos();
            if (heldNanos > maxWaitNanos) return new Grant(false, Duration.ofNanos(heldNanos));
            if (bucket.tryConsume(1))
                return heldNanos == 0 ? Grant.now() : new Grant(true, Duration.ofNanos(heldNanos));
            long waitNanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
            if (waitNanos > maxWaitNanos) return new Grant(false, Duration.ofNanos(Math.max(waitNanos, heldNanos)));
            // Reserved: the bucket owes it, so whoever comes later waits behind.
            waitNanos = bucket.consumeIgnoringRateLimits(1);
            if (waitNanos > maxWaitNanos) {
                bucket.addTokens(1);
                return new Grant(false, Duration.ofNanos(waitNanos));
            }
            return new Grant(true, Duration.ofNanos(Math.max(waitNanos, heldNanos)));
        }

        synchronized void hold(long nanos) {
            long until = time.nanoTime() + nanos;
            if (!held || until - heldUntil > 0) heldUntil = until;
            held = true;
        }
    }

    private BandwidthBuilderBuildStage bandwidth(BandwidthBuilderCapacityStage stage) {
        var refill = stage.capacity(limit.burst());
        return limit.windowed()
                ? refill.refillIntervally(limit.permits(), limit.period())
                : refill.refillGreedy(limit.permits(), limit.period());
    }

    private record Meter(TimeSource time) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            return time.nanoTime();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
