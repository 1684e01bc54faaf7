package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.internal.http.HttpDates;
import io.hawser.policy.Attempt;
import io.hawser.policy.BreakerConfig;
import io.hawser.policy.Call;
import io.hawser.policy.CircuitBreaker;
import io.hawser.policy.LoadBalancer;
import io.hawser.policy.Policy;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.RateLimit;
import io.hawser.policy.RateLimitStore;
import io.hawser.policy.RateLimiter;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.Verdict;
import io.hawser.testing.FakeTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PolicyFilterTest {
    private static final Request GET = Request.get("http://api.example/x");

    private final FakeTime time = new FakeTime();
    private final PolicyContext context = PolicyContext.of("api").withTime(time).withRandom(() -> 0);
    private final Retry retry = Retry.of(RetryConfig.defaults(), RetryBudget.defaults(), context);

    private Response through(Policy policy, HttpHandler origin, Request request) throws Exception {
        return origin.with(PolicyFilter.of("call", policy).on(time)).handle(request);
    }

    @ParameterizedTest
    @CsvSource({
        "200,SUCCESS,MAYBE", "304,SUCCESS,MAYBE", "399,SUCCESS,MAYBE", "400,CLIENT_ERROR,MAYBE",
        "404,CLIENT_ERROR,MAYBE", "408,TRANSIENT,MAYBE", "421,TRANSIENT,NO", "425,TRANSIENT,MAYBE",
        "429,THROTTLED,NO", "499,CLIENT_ERROR,MAYBE", "500,TRANSIENT,MAYBE", "501,CLIENT_ERROR,MAYBE",
        "502,TRANSIENT,MAYBE", "503,TRANSIENT,MAYBE", "505,CLIENT_ERROR,MAYBE", "599,TRANSIENT,MAYBE"
    })
    void aStatusHasOneMeaning(int status, Verdict.Kind kind, Processed processed) {
        Verdict verdict = HttpClassifier.standard().answer(Response.of(status));
        assertThat(verdict.kind()).isEqualTo(kind);
        assertThat(verdict.processed()).isEqualTo(processed);
        if (kind != Verdict.Kind.SUCCESS) assertThat(verdict.reason()).isEqualTo("http_" + status);
    }

    @Test
    void retryAfterIsReadInSecondsAndAsADate() {
        for (String value : List.of("7", HttpDates.format(time.now().plusSeconds(7)))) {
            for (int status : List.of(429, 503)) {
                Response busy = Response.of(status).withHeader("Retry-After", value);
                Verdict verdict = HttpClassifier.on(time).answer(busy);
                assertThat(verdict.kind()).isEqualTo(Verdict.Kind.THROTTLED);
                assertThat(verdict.retryAfter()).contains(Duration.ofSeconds(7));
            }
        }
        Response odd = Response.of(503).withHeader("Retry-After", "soon");
        assertThat(HttpClassifier.on(time).answer(odd).kind()).isEqualTo(Verdict.Kind.TRANSIENT);
        Response past = Response.of(429)
                .withHeader("Retry-After", HttpDates.format(time.now().minusSeconds(7)));
        assertThat(HttpClassifier.on(time).answer(past).retryAfter()).contains(Duration.ZERO);
    }

    @Test
    void aFailedAttemptIsClosedAndItsHintObeyed() throws Exception {
        boolean[] closed = {false};
        Body body = new Body() {
            @Override
            public Bytes read() {
                return Bytes.EMPTY;
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        FakeOrigin origin = FakeOrigin.answering(
                Response.of(503).withHeader("Retry-After", "5").withBody(body), Response.text("ok"));
        long start = time.nanoTime();
        assertThat(through(retry, origin, GET).body().text()).isEqualTo("ok");
        assertThat(closed[0]).isTrue();
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aHintBeyondTheDeadlineReturnsTheAnswerAtOnce() throws Exception {
        FakeOrigin origin =
                FakeOrigin.answering(Response.text(503, "busy").withHeader("Retry-After", "5"), Response.ok());
        long start = time.nanoTime();
        Response response = Deadline.after(Duration.ofSeconds(2), time).call(() -> through(retry, origin, GET));
        assertThat(response.body().text()).isEqualTo("busy");
        assertThat(time.nanoTime()).isEqualTo(start);
    }

    @Test
    void onlyWhatRepeatsNothingIsSentAgain() throws Exception {
        Request post = Request.post("http://api.example/x", Body.text("once"));
        Request keyed = post.withHeader("Idempotency-Key", "k");
        Request stream = Request.put("http://api.example/x", Body.of(new ByteArrayInputStream(new byte[3])));
        assertThat(attempts(GET, 500)).isEqualTo(3);
        assertThat(attempts(GET.withMethod(Method.DELETE), 500)).isEqualTo(3);
        assertThat(attempts(post, 500)).isEqualTo(1);
        assertThat(attempts(post, 429)).isEqualTo(3);
        assertThat(attempts(keyed, 500)).isEqualTo(3);
        assertThat(attempts(stream, 500)).isEqualTo(1);
        assertThat(attempts(GET, 404)).isEqualTo(1);
    }

    private int attempts(Request request, int status) throws Exception {
        FakeOrigin origin = FakeOrigin.answering(Response.of(status));
        assertThat(through(retry, origin, request).status()).isEqualTo(status);
        return origin.requests().size();
    }

    @Test
    void aPostIsSentAgainWhereItWasNotProcessed() throws Exception {
        Request post = Request.post("http://api.example/x", Body.text("content"));
        FakeOrigin refused = new FakeOrigin()
                .then(request -> {
                    throw new ConnectFailed("api.example", null);
                })
                .then(request -> Response.text(request.body().text()));
        assertThat(through(retry, refused, post).body().text()).isEqualTo("content");
        FakeOrigin lost = new FakeOrigin().then(request -> {
            throw new ConnectionLost("reset", Processed.MAYBE, null);
        });
        assertThatThrownBy(() -> through(retry, lost, post)).isInstanceOf(ConnectionLost.class);
        assertThat(lost.requests()).hasSize(1);
    }

    @Test
    void anAttemptGoesToTheEndpointThatWasChosen() throws Exception {
        LoadBalancer balancer = LoadBalancer.over(Endpoint.of("10.0.0.1", 81), Endpoint.of("10.0.0.2", 82));
        FakeOrigin origin = FakeOrigin.answering(Response.of(500));
        through(
                Policy.ordered(retry, balancer),
                origin,
                Request.get("https://api.example/a?b=c").withHeader("Host", "h"));
        assertThat(origin.requests())
                .extracting(Request::target)
                .contains("https://10.0.0.1:81/a?b=c", "https://10.0.0.2:82/a?b=c");
        assertThat(origin.requests()).noneMatch(request -> request.headers().has("Host"));
    }

    @Test
    void failuresOpenABreakerAndClientErrorsDoNot() throws Exception {
        CircuitBreaker breaker = CircuitBreaker.of(BreakerConfig.defaults(), context);
        FakeOrigin missing = FakeOrigin.answering(Response.of(404));
        for (int i = 0; i < 50; i++) through(breaker, missing, GET);
        FakeOrigin broken = FakeOrigin.answering(Response.of(500));
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) through(breaker, broken, GET);
                })
                .isInstanceOf(Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RateLimit: \"default\";r=0;t=30",
                "RateLimit: \"day\";r=500;t=9000, \"minute\";r=0;t=30",
                "RateLimit-Remaining: 0 | RateLimit-Reset: 30",
                "X-RateLimit-Remaining: 0 | X-RateLimit-Reset: @30",
                "x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 30s",
                "x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 0m30s",
                "x-ratelimit-remaining-requests: 0 | x-ratelimit-reset-requests: 30000ms"
            })
    void aLimiterLearnsWhatIsLeft(String fields) throws Exception {
        RateLimiter limiter = RateLimiter.rejecting(RateLimit.perSecond(100), context);
        Response answer = Response.ok();
        for (String field : fields.split(" \\| ", -1)) {
            int colon = field.indexOf(':');
            String value = field.substring(colon + 2);
            if (value.startsWith("@")) value = "" + (time.now().getEpochSecond() + 30);
            answer = answer.withHeader(field.substring(0, colon), value);
        }
        HttpHandler client = FakeOrigin.answering(answer)
                .with(PolicyFilter.of("call", limiter).on(time).teaching(limiter));
        client.handle(GET);
        assertThatThrownBy(() -> client.handle(GET))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refused -> assertThat(refused.retryAfter().orElseThrow())
                                .isCloseTo(Duration.ofSeconds(30), Duration.ofSeconds(1)));
        time.pass(Duration.ofSeconds(31));
        assertThat(client.handle(GET).status()).isEqualTo(200);
    }

    @Test
    void limitsMayGoByAKeyOfTheRequest() throws Exception {
        RateLimiter limiter = RateLimiter.byKey(RateLimit.perWindow(1, Duration.ofMinutes(1)), Duration.ZERO, context);
        HttpHandler client = FakeOrigin.answering(Response.ok())
                .with(PolicyFilter.of("call", limiter)
                        .on(time)
                        .by(request -> request.header("Tenant").orElse("")));
        client.handle(GET.withHeader("Tenant", "a"));
        client.handle(GET.withHeader("Tenant", "b"));
        assertThatThrownBy(() -> client.handle(GET.withHeader("Tenant", "a"))).isInstanceOf(Rejected.class);
    }

    @Test
    void theNameAndTheNumberOfTheAttemptReachThePolicies() throws Exception {
        Attempt[] seen = new Attempt[1];
        Policy spy = new Policy() {
            @Override
            public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
                seen[0] = attempt;
                return next.call(attempt);
            }
        };
        through(Policy.of(retry, spy), FakeOrigin.answering(Response.of(500)), GET);
        assertThat(seen[0].number()).isEqualTo(3);
        assertThat(seen[0].traits().name()).isEqualTo("call");
    }

    @Test
    void anAnswerStandsThoughWhatItSaysIsLeftCannotBeStored() throws Exception {
        RateLimitStore away = new RateLimitStore() {
            @Override
            public Grant take(String key, Duration maxWait) {
                return Grant.now();
            }

            @Override
            public void giveBack(String key) {}

            @Override
            public void hold(String key, Duration duration) {
                throw new ConnectionLost("away", Processed.MAYBE, null);
            }

            @Override
            public void lower(String key, long remaining) {
                throw new ConnectionLost("away", Processed.MAYBE, null);
            }
        };
        List<PolicyEvent> told = new ArrayList<>();
        RateLimiter limiter = RateLimiter.on(away, false, Duration.ZERO, context.withListener(told::add));
        Filter teaching = PolicyFilter.of("call", limiter).on(time).teaching(limiter);
        FakeOrigin origin = FakeOrigin.answering(Response.text("ok").withHeader("RateLimit", "\"default\";r=0;t=30"));
        assertThat(origin.with(teaching).handle(GET).body().text()).isEqualTo("ok");
        assertThat(told).singleElement().isInstanceOf(PolicyEvent.StoreFailed.class);
    }
}
