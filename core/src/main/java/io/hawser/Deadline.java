package io.hawser;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The moment at which work must stop, carried by a scoped value to everything that waits.
///
/// ```java
/// String answer = Deadline.within(Duration.ofSeconds(2), () -> client.call("ping"));
/// ```
///
/// Nested deadlines only shrink: the inner one counts where it is earlier. Threads that a structured scope
/// forks inherit it, and so does [Async]. Measured on the monotonic clock, so a clock step moves nothing.
///
/// Thread: immutable, safe from any.
public final class Deadline {
    private static final Deadline NONE = new Deadline(TimeSource.system(), 0, false);
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

    private final TimeSource time;
    private final long endNanos;
    private final boolean bounded;

    private Deadline(TimeSource time, long endNanos, boolean bounded) {
        this.time = time;
        this.endNanos = endNanos;
        this.bounded = bounded;
    }

    /// The deadline that never comes.
    public static Deadline none() {
        return NONE;
    }

    /// A deadline `duration` from now; zero or less has come already.
    public static Deadline after(Duration duration) {
        return after(duration, TimeSource.system());
    }

    /// A deadline `duration` from now on the clock of `time`.
    public static Deadline after(Duration duration, TimeSource time) {
        return new Deadline(time, time.nanoTime() + saturatedNanos(duration), true);
    }

    /// The deadline of the calling code, or [#none()].
    public static Deadline current() {
        return CURRENT.orElse(NONE);
    }

    /// Runs `work` with a deadline of at most `duration` from now.
    public static <T extends @Nullable Object> T within(Duration duration, Supplier<T> work) {
        return after(duration).run(work);
    }

    /// Runs `work` with this deadline as [#current()], unless that one comes earlier.
    public <T extends @Nullable Object> T run(Supplier<T> work) {
        return ScopedValue.where(CURRENT, current().earlier(this)).call(work::get);
    }

    /// Calls `work`, which may throw, with this deadline as [#current()], unless that one comes earlier.
    public <T extends @Nullable Object> T call(Callable<T> work) throws Exception {
        return ScopedValue.where(CURRENT, current().earlier(this)).call(work::call);
    }

    /// Whichever of the two comes first.
    public Deadline earlier(Deadline other) {
        if (!other.bounded) return this;
        if (!bounded) return other;
        // Two readings of one clock would differ and so let a later deadline win.
        if (time.equals(other.time)) return endNanos - other.endNanos <= 0 ? this : other;
        return remainingNanos() <= other.remainingNanos() ? this : other;
    }

    public boolean isBounded() {
        return bounded;
    }

    public boolean hasPassed() {
        return bounded && remainingNanos() <= 0;
    }

    /// The time left: not below zero, about 292 years for [#none()].
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, remainingNanos()));
    }

    /// The nanoseconds left, negative once it has passed, `Long.MAX_VALUE` for [#none()].
    public long remainingNanos() {
        return bounded ? endNanos - time.nanoTime() : Long.MAX_VALUE;
    }

    /// Throws if the deadline has passed.
    ///
    /// @param waitingFor what the caller would wait for, named in the error
    /// @throws DeadlineExceeded if it has passed
    public void check(String waitingFor) {
        if (hasPassed()) throw new DeadlineExceeded(waitingFor, HawserException.Processed.MAYBE);
    }

    private static long saturatedNanos(Duration duration) {
        if (duration.compareTo(LONGEST) > 0) return LONGEST.toNanos();
        if (duration.isNegative()) return 0;
        return duration.toNanos();
    }

    @Override
    public String toString() {
        return bounded ? "Deadline[" + remainingNanos() / 1_000_000 + " ms left]" : "Deadline[none]";
    }
}
