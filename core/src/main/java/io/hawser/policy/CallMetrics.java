package io.hawser.policy;

import io.hawser.internal.metrics.Latency;
import io.hawser.policy.Verdict.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Times calls, whatever they are, by name and outcome.
///
/// ```java
/// Policy metrics = CallMetrics.of(registry, PolicyContext.of("shop"));
/// Page page = metrics.call(CallTraits.named("render"), () -> render(order));
/// ```
///
/// The timer `hawser.calls` is a histogram and has the tags `upstream`, `call` (its name), `outcome`
/// (success, transient, throttled, client_error, fatal, cancelled) and `reason`. Beyond 1,000 combinations
/// the name and the reason are `other`, so that a name with an id in it cannot fill the memory.
public final class CallMetrics implements Policy {
    private static final String NAME = "hawser.calls";
    private static final String OTHER = "other";
    private static final int MAX_TIMERS = 1_000;
    private static final Duration[] BUCKETS = Latency.buckets();

    private final MeterRegistry registry;
    private final PolicyContext context;
    /// By name, apart, because nearly all calls need no more.
    private final Map<String, Timer> successes = new ConcurrentHashMap<>();
    private final Map<Label, Timer> failures = new ConcurrentHashMap<>();

    private record Label(String call, Kind kind, String reason) {}

    private CallMetrics(MeterRegistry registry, PolicyContext context) {
        this.registry = Objects.requireNonNull(registry, "registry");
        this.context = Objects.requireNonNull(context, "context");
    }

    public static CallMetrics of(MeterRegistry registry, PolicyContext context) {
        return new CallMetrics(registry, context);
    }

    @Override
    public Place place() {
        return Place.METRICS;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        CallTraits traits = attempt.traits();
        long start = context.time().nanoTime();
        Verdict verdict = Verdict.fatal("error");
        try {
            T answer = next.call(attempt);
            verdict = traits.classifier().answer(answer);
            return answer;
        } catch (Exception error) {
            verdict = traits.classifier().failure(error);
            throw error;
        } finally {
            long elapsed = context.time().nanoTime() - start;
            timer(traits.name(), verdict).record(elapsed, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(String call, Verdict verdict) {
        if (verdict.isSuccess()) {
            Timer timer = successes.get(call);
            return timer != null ? timer : successes.computeIfAbsent(bounded(call), this::success);
        }
        Label label = new Label(call, verdict.kind(), verdict.reason());
        Timer timer = failures.get(label);
        if (timer != null) return timer;
        boolean fits = bounded(call).equals(call);
        return failures.computeIfAbsent(fits ? label : new Label(OTHER, verdict.kind(), OTHER), this::register);
    }

    private String bounded(String call) {
        return successes.size() + failures.size() < MAX_TIMERS ? call : OTHER;
    }

    private Timer success(String call) {
        return register(new Label(call, Kind.SUCCESS, ""));
    }

    private Timer register(Label label) {
        return Timer.builder(NAME)
                .description("Calls, with everything that policies did about them")
                .tag("upstream", context.name())
                .tag("call", label.call())
                .tag("outcome", label.kind().name().toLowerCase(Locale.ROOT))
                .tag("reason", label.reason())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
