package io.hawser.http;

import io.hawser.Endpoint;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.internal.http.Again;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.RateLimitFields;
import io.hawser.internal.http.Targets;
import io.hawser.policy.Attempt;
import io.hawser.policy.CallTraits;
import io.hawser.policy.Classifier;
import io.hawser.policy.Policy;
import io.hawser.policy.RateLimiter;
import io.hawser.policy.Repeat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Sends requests through policies: retry, breaker, limits, balancing and the others, in their documented
/// order.
///
/// ```java
/// Filter resilient = PolicyFilter.of("payments", Policy.ordered(
///         Timeout.overall(Duration.ofSeconds(10)), Retry.defaults(), CircuitBreaker.defaults()));
/// HttpHandler payments = client.with(resilient);
/// ```
///
/// A request is sent again where that repeats nothing: always if its method is idempotent or it has an
/// `Idempotency-Key`, otherwise only if it was surely not processed; never if its body cannot be read again.
/// What an answer means says [HttpClassifier]; that of an attempt which another one replaces is closed.
/// Where a balancer chose an endpoint, the attempt goes to that host and port.
///
/// Time limits end with the head of the answer: its body is read under the deadline of who reads it.
///
/// Thread: safe from any.
public final class PolicyFilter implements Filter {
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final String name;
    private final Policy policy;
    private final Function<Request, String> key;
    private final List<RateLimiter> learners;
    private final TimeSource time;
    private final Classifier classifier;

    /// Of the endpoint, where the target does not name one.
    private final Optional<String> scheme;

    private PolicyFilter(
            String name,
            Policy policy,
            Function<Request, String> key,
            List<RateLimiter> learners,
            TimeSource time,
            Optional<String> scheme) {
        this.name = name;
        this.policy = policy;
        this.key = key;
        this.learners = learners;
        this.time = time;
        this.classifier = HttpClassifier.on(time);
        this.scheme = scheme;
    }

    /// Around each call.
    ///
    /// @param name of these calls, in metrics and events
    /// @param policy one, or several by [Policy#ordered(Policy...)]
    public static PolicyFilter of(String name, Policy policy) {
        return new PolicyFilter(name, policy, request -> "", List.of(), TimeSource.system(), Optional.empty());
    }

    /// With a key for each request, by which limits by key and consistent hashing go.
    public PolicyFilter by(Function<Request, String> changed) {
        return new PolicyFilter(name, policy, changed, learners, time, scheme);
    }

    /// Tells `limiter`, one of the policies, what servers say is left of their limits (`RateLimit` and its
    /// kin).
    public PolicyFilter teaching(RateLimiter limiter) {
        return new PolicyFilter(name, policy, key, List.of(limiter), time, scheme);
    }

    /// With the clock of the policies.
    public PolicyFilter on(TimeSource clock) {
        return new PolicyFilter(name, policy, key, learners, clock, scheme);
    }

    /// With the scheme in which endpoints are asked, whatever the targets of requests say.
    PolicyFilter in(String endpointScheme) {
        return new PolicyFilter(name, policy, key, learners, time, Optional.of(endpointScheme));
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        CallTraits traits = new CallTraits(name, repeat(request), key.apply(request), classifier);
        return policy.call(Attempt.first(traits), attempt -> send(request, attempt, next));
    }

    private static Repeat repeat(Request request) {
        if (!Again.isPossible(request)) return Repeat.NEVER;
        boolean keyed = request.method().isIdempotent() || request.headers().has(IDEMPOTENCY_KEY);
        return keyed ? Repeat.ALWAYS : Repeat.UNPROCESSED;
    }

    private Response send(Request request, Attempt attempt, HttpHandler next) throws Exception {
        Optional<Endpoint> endpoint = attempt.endpoint();
        Response response = endpoint.isPresent()
                ? handle(to(request, endpoint.get()), attempt, next)
                : next.handle(Again.of(request));
        for (RateLimiter learner : learners) {
            RateLimitFields.of(response.headers(), time.now())
                    .ifPresent(left -> learner.learn(attempt.traits().key(), left.remaining(), left.reset()));
        }
        return response;
    }

    /// What refuses a call before it goes to its endpoint, such as a full pool, leaves it to the other
    /// endpoints.
    private static Response handle(Request sent, Attempt attempt, HttpHandler next) throws Exception {
        try {
            return next.handle(sent);
        } catch (Rejected refused) {
            Rejected own = attempt.refusal(String.valueOf(refused.getMessage()), refused.retryAfter());
            own.addSuppressed(refused);
            throw own;
        }
    }

    private Request to(Request request, Endpoint endpoint) {
        return request.onward(
                scheme.orElseGet(request::scheme) + "://" + endpoint + Targets.pathAndQuery(request.target()),
                request.headers().without(Names.HOST),
                request.body().fromStart());
    }
}
