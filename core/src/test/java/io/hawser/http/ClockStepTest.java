package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testing.FakeTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The time of day is set forward or back while things wait for their time.
final class ClockStepTest {
    private static final Request GET = Request.get("https://h.example/doc");
    private static final Duration DAY = Duration.ofDays(1);

    private final FakeTime time = new FakeTime();

    private static Response fresh(String text) {
        return Response.text(text).withHeader("Cache-Control", "max-age=60");
    }

    private static String text(HttpHandler client) throws Exception {
        return client.handle(GET).body().text();
    }

    @Test
    void aStoredAnswerIsValidatedOnceTheClockWasSetBackAndNotFreshForADayMore() throws Exception {
        HttpHandler origin = FakeOrigin.answering(fresh("one"), fresh("two"));
        try (HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), CacheStore.inMemory(), time)) {
            HttpHandler client = origin.with(cache);
            assertThat(text(client)).isEqualTo("one");
            time.stepClock(DAY.negated());
            assertThat(text(client)).isEqualTo("two");
            // What came since then is as fresh as ever.
            time.pass(Duration.ofSeconds(59));
            assertThat(text(client)).isEqualTo("two");
        }
    }

    @Test
    void anAdjustmentOfTheClockByLessThanASecondValidatesNothing() throws Exception {
        HttpHandler origin = FakeOrigin.answering(fresh("one"), fresh("two"));
        try (HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), CacheStore.inMemory(), time)) {
            HttpHandler client = origin.with(cache);
            assertThat(text(client)).isEqualTo("one");
            time.stepClock(Duration.ofMillis(-900));
            assertThat(text(client)).isEqualTo("one");
        }
    }

    @Test
    void aStoredAnswerIsValidatedOnceTheClockWasSetForward() throws Exception {
        HttpHandler origin = FakeOrigin.answering(fresh("one"), fresh("two"));
        try (HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), CacheStore.inMemory(), time)) {
            HttpHandler client = origin.with(cache);
            assertThat(text(client)).isEqualTo("one");
            time.stepClock(DAY);
            assertThat(text(client)).isEqualTo("two");
            time.pass(Duration.ofSeconds(59));
            assertThat(text(client)).isEqualTo("two");
        }
    }

    @Test
    void anAnswerDuringWhichTheClockWasSetForwardIsNotTakenForFresh() throws Exception {
        FakeOrigin origin = FakeOrigin.answering(fresh("one"), fresh("two"));
        HttpHandler slow = request -> {
            time.stepClock(DAY);
            return origin.handle(request);
        };
        try (HttpCache cache = HttpCache.of(HttpCacheConfig.defaults(), CacheStore.inMemory(), time)) {
            HttpHandler client = slow.with(cache);
            assertThat(text(client)).isEqualTo("one");
            assertThat(text(client)).isEqualTo("two");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void anAccessTokenLivesAsLongAsItsServerSaidWhateverTheClockDoes(int direction) throws Exception {
        FakeOrigin tokens = FakeOrigin.answering(token("one"), token("two"));
        FakeOrigin api = FakeOrigin.answering(Response.ok());
        ClientCredentialsConfig config = ClientCredentialsConfig.of("https://login.example/token", "me", "secret");
        HttpHandler client = api.with(ClientCredentials.of(config, tokens, time));
        var _ = client.handle(GET);
        time.stepClock(DAY.multipliedBy(direction));
        var _ = client.handle(GET);
        assertThat(api.last().header("Authorization")).contains("Bearer one");
        time.pass(Duration.ofHours(1));
        var _ = client.handle(GET);
        assertThat(api.last().header("Authorization")).contains("Bearer two");
    }

    private static Response token(String value) {
        return Response.json(Map.of("access_token", value, "token_type", "bearer", "expires_in", 3600));
    }

    @Test
    void aCookieEndsAtItsTimeOfDayAlsoAfterAStepForwardAndAFile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("cookies");
        FakeOrigin origin =
                FakeOrigin.answering(Response.ok().withHeader("Set-Cookie", "a=1; Max-Age=3600"), Response.ok());
        try (CookieJar jar = CookieJar.open(file, time)) {
            HttpHandler client = origin.with(jar);
            var _ = client.handle(GET);
            var _ = client.handle(GET);
            assertThat(origin.last().header("Cookie")).contains("a=1");
            time.stepClock(DAY);
            var _ = client.handle(GET);
            assertThat(origin.last().header("Cookie")).isEmpty();
        }
    }
}
