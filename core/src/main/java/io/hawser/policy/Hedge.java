package io.hawser.policy;

import io.hawser.Deadline;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Sends a call a second time when it takes longer than most, and takes whichever answers first.
///
/// The first runs on the caller's thread and costs next to nothing more; the second, on a virtual thread,
/// starts after the rolling 95th percentile of the times of calls, and goes to another endpoint where a
/// [LoadBalancer] is inside. The loser is interrupted, and its answer, if it still comes, discarded. Only
/// calls that may be repeated are hedged, and only a small share, of which a budget of its own keeps count;
/// so when everything is slow, load grows by that share. Calls are not hedged before 20 were seen in the last
/// 10 to 20 s, nor while 10,000 wait to be.
///
/// Thread: the second call has the [Deadline] of the first, and no other scoped or thread-local value of its
/// thread.
public final class Hedge implements Policy {
    private static final int PARTS = 1_000;

    private final long minDelayNanos;
    private final int deposit;
    private final TokenBalance budget;
    private final RollingLatency latency;
    private final PolicyContext context;
    private final HedgeClock clock;

    private Hedge(HedgeConfig config, PolicyContext context) {
        this.minDelayNanos = config.minDelay().toNanos();
        this.deposit = (int) Math.round(config.share() * PARTS);
        this.budget = new TokenBalance((long) config.burst() * PARTS, (long) config.burst() * PARTS);
        this.context = Objects.requireNonNull(context, "context");
        this.latency = new RollingLatency(config.percentile(), context.time());
        this.clock = new HedgeClock(context.time());
    }

    public static Hedge defaults() {
        return of(HedgeConfig.defaults(), PolicyContext.system());
    }

    public static Hedge of(HedgeConfig config, PolicyContext context) {
        return new Hedge(config, context);
    }

    @Override
    public Place place() {
        return Place.HEDGE;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        if (attempt.traits().repeat() != Repeat.ALWAYS || attempt.isHedge()) return next.call(attempt);
        long start = context.time().nanoTime();
        long delay = latency.nanos(start);
        budget.add(deposit);
        if (delay == RollingLatency.UNKNOWN || budget.left() < PARTS) return timed(attempt, next, start);
        Race<T> race = new Race<>(this, attempt, next, Deadline.current(), start + Math.max(delay, minDelayNanos));
        if (!clock.add(race)) return timed(attempt, next, start);
        return race.run(next, start);
    }

    private <T extends @Nullable Object> T timed(Attempt attempt, Call<T> next, long start) throws Exception {
        T answer = next.call(attempt);
        observe(start);
        return answer;
    }

    void observe(long start) {
        latency.record(context.time().nanoTime() - start);
    }

    boolean takeBudget() {
        return budget.take(PARTS);
    }

    PolicyContext context() {
        return context;
    }
}
