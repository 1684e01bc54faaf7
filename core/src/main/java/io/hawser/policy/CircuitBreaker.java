package io.hawser.policy;

import io.hawser.internal.jfr.BreakerEvent;
import io.hawser.internal.jfr.Recorder;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Refuses calls while most of them would fail, and lets a few through now and then to find out.
///
/// Transient and fatal failures count. The caller's mistakes, what was cancelled, what the other side
/// throttled, and what a policy further in refused do not: they are counted neither for nor against it. Where
/// calls go to several endpoints, use [EndpointBreakers].
///
/// Errors: [io.hawser.Rejected] while open, with the time until it lets a call through, and without one while
/// its probes are out or it is forced open; nothing was sent.
public final class CircuitBreaker implements Policy {
    private final BreakerCore core;
    private final PolicyContext context;

    private CircuitBreaker(BreakerConfig config, String what, PolicyContext context) {
        this.context = Objects.requireNonNull(context, "context");
        this.core = new BreakerCore(
                Objects.requireNonNull(config, "config"),
                context.time(),
                (from, to) -> changed(context, what, from, to));
    }

    private static void changed(PolicyContext context, String what, BreakerState from, BreakerState to) {
        if (Recorder.isThere()) record(context, what, from, to);
        context.tell(new PolicyEvent.BreakerChanged(context.name(), what, from, to));
    }

    private static void record(PolicyContext context, String what, BreakerState from, BreakerState to) {
        BreakerEvent event = new BreakerEvent();
        if (!event.isEnabled()) return;
        event.upstream = context.name();
        event.endpoint = what;
        event.before = from.name();
        event.state = to.name();
        event.commit();
    }

    public static CircuitBreaker defaults() {
        return of(BreakerConfig.defaults(), PolicyContext.system());
    }

    public static CircuitBreaker of(BreakerConfig config, PolicyContext context) {
        return new CircuitBreaker(config, "", context);
    }

    /// One that is for `endpoint` only, as its events say.
    static CircuitBreaker of(BreakerConfig config, String endpoint, PolicyContext context) {
        return new CircuitBreaker(config, endpoint, context);
    }

    public BreakerState state() {
        return core.state();
    }

    /// Refuses every call until [#release()].
    public void forceOpen() {
        core.forceOpen();
    }

    /// Lets every call through until [#release()].
    public void forceClosed() {
        core.forceClosed();
    }

    /// Ends what was forced: closed, with nothing counted.
    public void release() {
        core.reset();
    }

    /// Lets probes through at once if it is open, because there is news: a health check succeeded, say.
    public void probe() {
        core.probe();
    }

    @Override
    public Place place() {
        return Place.BREAKER;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        if (!core.enter()) {
            Optional<Duration> wait = core.untilProbe();
            context.tell(
                    new PolicyEvent.Refused(context.name(), attempt.traits().name(), "circuit breaker", wait));
            throw attempt.refusal(context.name() + ": the circuit is open", wait);
        }
        long start = context.time().nanoTime();
        Verdict verdict = Verdict.cancelled();
        try {
            T answer = next.call(attempt);
            verdict = attempt.traits().classifier().answer(answer);
            return answer;
        } catch (Exception error) {
            if (!attempt.isOwnRefusal(error))
                verdict = attempt.traits().classifier().failure(error);
            throw error;
        } finally {
            core.leave(verdict, context.time().nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }
}
