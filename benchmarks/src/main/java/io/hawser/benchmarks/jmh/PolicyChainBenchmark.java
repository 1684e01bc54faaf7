package io.hawser.benchmarks.jmh;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeExecutor;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.decorators.Decorators;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import io.hawser.Endpoint;
import io.hawser.policy.Attempt;
import io.hawser.policy.BalancerConfig;
import io.hawser.policy.BreakerConfig;
import io.hawser.policy.Bulkhead;
import io.hawser.policy.BulkheadConfig;
import io.hawser.policy.CallMetrics;
import io.hawser.policy.CallTraits;
import io.hawser.policy.CircuitBreaker;
import io.hawser.policy.EndpointBreakers;
import io.hawser.policy.Fallback;
import io.hawser.policy.Hedge;
import io.hawser.policy.HedgeConfig;
import io.hawser.policy.LoadBalancer;
import io.hawser.policy.Policy;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RateLimiter;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.Timeout;
import io.hawser.policy.WeightedEndpoint;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What policies cost a call that succeeds: the whole default chain, and, beside Resilience4j and Failsafe,
/// the policies that all three have (fallback, retry, rate limit, circuit breaker, bulkhead), each with the
/// same figures.
///
/// The call itself does nothing. Run with `-prof gc` for what is allocated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PolicyChainBenchmark {
    private static final int PERMITS = 100_000_000;
    private static final CallTraits TRAITS = CallTraits.named("find").repeatable();

    private final PolicyContext context = PolicyContext.of("benchmark");
    private final Policy whole = Policy.ordered(
            CallMetrics.of(new SimpleMeterRegistry(), context),
            Fallback.of(failure -> "fallback", context),
            Timeout.overall(Duration.ofSeconds(30), context),
            Bulkhead.of(BulkheadConfig.defaults(), context),
            Hedge.of(HedgeConfig.defaults(), context),
            Retry.of(RetryConfig.defaults(), RetryBudget.defaults(), context),
            RateLimiter.rejecting(RateLimit.perSecond(PERMITS), context),
            LoadBalancer.over(
                    WeightedEndpoint.equally(Endpoint.list("10.0.0.1:80,10.0.0.2:80,10.0.0.3:80")),
                    BalancerConfig.defaults(),
                    context),
            EndpointBreakers.of(BreakerConfig.defaults(), context),
            Timeout.perAttempt(Duration.ofSeconds(5), context));
    private final Policy common = Policy.of(
            Fallback.of(failure -> "fallback", context),
            Retry.of(RetryConfig.defaults(), RetryBudget.defaults(), context),
            RateLimiter.rejecting(RateLimit.perSecond(PERMITS), context),
            CircuitBreaker.of(BreakerConfig.defaults(), context),
            Bulkhead.of(BulkheadConfig.defaults(), context));
    private final Supplier<String> resilience4j = Decorators.ofSupplier(this::answer)
            .withBulkhead(io.github.resilience4j.bulkhead.Bulkhead.of(
                    "benchmark",
                    io.github.resilience4j.bulkhead.BulkheadConfig.custom()
                            .maxConcurrentCalls(256)
                            .build()))
            .withCircuitBreaker(io.github.resilience4j.circuitbreaker.CircuitBreaker.of(
                    "benchmark",
                    CircuitBreakerConfig.custom()
                            .slidingWindow(10, 20, CircuitBreakerConfig.SlidingWindowType.TIME_BASED)
                            .build()))
            .withRateLimiter(io.github.resilience4j.ratelimiter.RateLimiter.of(
                    "benchmark",
                    RateLimiterConfig.custom()
                            .limitForPeriod(PERMITS)
                            .limitRefreshPeriod(Duration.ofSeconds(1))
                            .timeoutDuration(Duration.ZERO)
                            .build()))
            .withRetry(io.github.resilience4j.retry.Retry.ofDefaults("benchmark"))
            .withFallback(error -> "fallback")
            .decorate();
    private final FailsafeExecutor<String> failsafe = Failsafe.with(
            dev.failsafe.Fallback.of("fallback"),
            dev.failsafe.RetryPolicy.<String>ofDefaults(),
            dev.failsafe.RateLimiter.<String>burstyBuilder(PERMITS, Duration.ofSeconds(1))
                    .build(),
            dev.failsafe.CircuitBreaker.<String>builder()
                    .withFailureRateThreshold(50, 20, Duration.ofSeconds(10))
                    .build(),
            dev.failsafe.Bulkhead.<String>of(256));
    private final List<String> answers = List.of("answer");

    private String answer() {
        return answers.getFirst();
    }

    @Benchmark
    public String direct() {
        return answer();
    }

    @Benchmark
    public String hawserWholeChain() throws Exception {
        return whole.call(Attempt.first(TRAITS), attempt -> answer());
    }

    @Benchmark
    public String hawserCommonPolicies() throws Exception {
        return common.call(Attempt.first(TRAITS), attempt -> answer());
    }

    @Benchmark
    public String resilience4jCommonPolicies() {
        return resilience4j.get();
    }

    @Benchmark
    public String failsafeCommonPolicies() {
        return failsafe.get(this::answer);
    }
}
