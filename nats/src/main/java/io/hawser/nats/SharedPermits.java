package io.hawser.nats;

import io.hawser.policy.RateLimit;
import java.nio.ByteBuffer;
import java.time.Duration;

/// How many permits of one key are used, as all nodes see it: a value that changes by being replaced.
///
/// Of a token bucket `used` is the moment at which it will be full again, in nanoseconds of the cluster's
/// clock: each permit moves it on by what the bucket takes to get one back. Of windows it is how many
/// permits are used of the one that begins at `windowNanos`, and of those behind it, where callers wait for
/// them.
///
/// Shape: three times 8 bytes.
///
/// @param heldUntilNanos before that nobody gets one: the other side asked for it
record SharedPermits(long windowNanos, long used, long heldUntilNanos) {
    static final SharedPermits NONE_USED = new SharedPermits(0, 0, Long.MIN_VALUE);

    private static final int BYTES = 3 * Long.BYTES;

    static SharedPermits of(byte[] value) {
        if (value.length != BYTES) throw new IllegalArgumentException("permits of " + value.length + " bytes");
        ByteBuffer in = ByteBuffer.wrap(value);
        return new SharedPermits(in.getLong(), in.getLong(), in.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(windowNanos)
                .putLong(used)
                .putLong(heldUntilNanos)
                .array();
    }

    private static long perPermit(RateLimit limit) {
        return limit.period().toNanos() / limit.permits();
    }

    private static long begin(RateLimit limit, long now) {
        return now - Math.floorMod(now, limit.period().toNanos());
    }

    /// The same, with what has come back until `now`.
    SharedPermits at(RateLimit limit, long now) {
        if (!limit.windowed()) return new SharedPermits(0, Math.max(used, now), heldUntilNanos);
        long begin = Math.max(begin(limit, now), windowNanos);
        long back = (begin - windowNanos) / limit.period().toNanos() * limit.permits();
        return new SharedPermits(begin, windowNanos == 0 ? 0 : Math.max(0, used - back), heldUntilNanos);
    }

    /// How long the next permit has to wait. Asked of what is [#at] now.
    Duration wait(RateLimit limit, long now) {
        long free;
        if (limit.windowed()) {
            long windows = used / limit.permits();
            free = windows == 0 ? now : windowNanos + windows * limit.period().toNanos();
        } else {
            free = used + perPermit(limit) - limit.burst() * perPermit(limit);
        }
        return Duration.ofNanos(Math.max(0, Math.max(free, heldUntilNanos) - now));
    }

    /// With so many more permits used, or fewer.
    SharedPermits plus(RateLimit limit, int permits) {
        long more = limit.windowed() ? permits : permits * perPermit(limit);
        return new SharedPermits(windowNanos, Math.max(0, used + more), heldUntilNanos);
    }

    SharedPermits heldUntil(long nanos) {
        return new SharedPermits(windowNanos, used, Math.max(nanos, heldUntilNanos));
    }

    /// With no more than so many left. Asked of what is [#at] now.
    SharedPermits lowered(RateLimit limit, long remaining, long now) {
        long left = Math.max(0, remaining);
        long least = limit.windowed() ? limit.permits() - left : now + (limit.burst() - left) * perPermit(limit);
        return new SharedPermits(windowNanos, Math.max(used, least), heldUntilNanos);
    }
}
