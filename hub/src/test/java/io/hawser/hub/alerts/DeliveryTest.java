package io.hawser.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.HawserException.Processed;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.hub.HandClock;
import io.hawser.policy.PolicyContext;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryTest {
    private final HandClock time = new HandClock();
    private final List<String> posted = new ArrayList<>();

    /// Posts to who answers the attempt of each number so.
    private Optional<String> post(IntFunction<Response> answers) {
        HttpHandler receiver = request -> {
            posted.add(request.body().text());
            return answers.apply(posted.size());
        };
        try (HttpClient client = HttpClient.over(receiver)) {
            PolicyContext context = PolicyContext.of("webhook").withTime(time).withRandom(new Random(1));
            return new Delivery(client, Duration.ofSeconds(30), context)
                    .post(URI.create("http://hooks.test/T0"), Map.of("alert", "busy"));
        }
    }

    private Duration passed() {
        return Duration.ofNanos(time.nanoTime());
    }

    @Test
    void aReceiverThatRestartsGetsItWhenItIsBack() {
        assertThat(post(attempt -> {
                    if (attempt <= 3) throw new ConnectFailed("refused", null);
                    return Response.of(attempt <= 7 ? 503 : 204);
                }))
                .isEmpty();
        assertThat(posted).hasSize(Delivery.ATTEMPTS).containsOnly("{\"alert\":\"busy\"}");
        assertThat(passed()).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(4));
    }

    @Test
    void whoDoesNotComeBackIsGivenUp() {
        assertThat(post(attempt -> Response.of(500))).contains("status 500, in 8 attempts");
        posted.clear();
        assertThat(post(attempt -> {
                    throw new ConnectFailed("refused", null);
                }))
                .hasValueSatisfying(why -> assertThat(why).contains("ConnectFailed: refused", "in 8 attempts"));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 401, 404, 410, 501})
    void whoDoesNotWantItIsNotAskedAgain(int status) {
        assertThat(post(attempt -> Response.of(status))).contains("status " + status + ", in 1 attempt");
        assertThat(passed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 425, 429, 502, 504})
    void whatMayPassIsTriedAgain(int status) {
        assertThat(post(attempt -> Response.of(attempt == 1 ? status : 200))).isEmpty();
        assertThat(posted).hasSize(2);
    }

    @Test
    void whoAsksToBeLeftAloneIsLeftAloneForSoLong() {
        assertThat(post(attempt -> attempt == 1 ? Response.of(429).withHeader("Retry-After", "90") : Response.ok()))
                .isEmpty();
        assertThat(passed()).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(99));
        posted.clear();
        assertThat(post(attempt -> Response.of(503).withHeader("Retry-After", "86400")))
                .contains("status 503, in 1 attempt");
    }

    @Test
    void aHubThatStopsGivesItUpAtOnce() {
        assertThatThrownBy(() -> post(attempt -> {
                    throw new Cancelled("interrupted", Processed.MAYBE, null);
                }))
                .isInstanceOf(Cancelled.class);
        assertThat(posted).hasSize(1);
    }
}
