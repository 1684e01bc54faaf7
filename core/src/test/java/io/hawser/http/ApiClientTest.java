package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.UnexpectedStatus;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.RateLimit;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ApiClientTest {
    private static final ApiClientConfig CONFIG = ApiClientConfig.to("shop", "https://api.example/v1");

    private final FakeTime time = new FakeTime();
    private final PolicyContext context =
            PolicyContext.of("shop").withTime(time).withRandom(() -> 0);

    record User(String name) {}

    record Listing(@Nullable String next, int n) {}

    private ApiClient client(HttpHandler origin, ApiClientConfig config) {
        return ApiClient.over(origin, config, context);
    }

    @Test
    void aCallIsTypedAuthenticatedAndBelowTheBaseUrl() {
        FakeOrigin origin = FakeOrigin.answering(Response.json(new User("Ada")));
        ApiClient api = client(origin, CONFIG.withAuthentication(Authorization.bearer("t")));
        assertThat(api.post("/users")
                        .query("notify", true)
                        .json(new User("Ada"))
                        .as(User.class))
                .isEqualTo(new User("Ada"));
        assertThat(origin.last().target()).isEqualTo("https://api.example/v1/users?notify=true");
        assertThat(origin.last().header("Authorization")).contains("Bearer t");
        assertThat(origin.last().header("Accept-Encoding")).isPresent();
        assertThat(origin.last().body().text()).isEqualTo("{\"name\":\"Ada\"}");
    }

    @Test
    void aFailureIsTriedAgainAndAStatusThatStaysIsAnError() {
        FakeOrigin origin = FakeOrigin.answering(
                Response.of(502), Response.of(429).withHeader("Retry-After", "3"), Response.json(new User("Ada")));
        long start = time.nanoTime();
        assertThat(client(origin, CONFIG).get("/users/1").as(User.class)).isEqualTo(new User("Ada"));
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isEqualTo(Duration.ofSeconds(3));
        ApiClient missing = client(FakeOrigin.answering(Response.text(404, "no such user")), CONFIG);
        assertThatThrownBy(() -> missing.get("/users/1").as(User.class))
                .isInstanceOfSatisfying(
                        UnexpectedStatus.class,
                        answer -> assertThat(answer.status()).isEqualTo(404));
    }

    @Test
    void theTimeLimitBoundsWaitingForTheApi() {
        Response busy = Response.of(503).withHeader("Retry-After", "40");
        FakeOrigin origin = FakeOrigin.answering(busy);
        long start = time.nanoTime();
        assertThat(client(origin, CONFIG).get("/").send().status()).isEqualTo(503);
        assertThat(time.nanoTime()).isEqualTo(start);
        HttpHandler slow = request -> {
            time.pass(Duration.ofSeconds(31));
            Deadline.current().check("the answer");
            return Response.ok();
        };
        assertThatThrownBy(() -> client(slow, CONFIG).get("/").send()).isInstanceOf(DeadlineExceeded.class);
    }

    @Test
    void callsWaitForTheRateThatIsAllowedAndLearnWhatIsLeft() {
        FakeOrigin origin = FakeOrigin.answering(
                Response.ok(), Response.ok().withHeader("RateLimit", "\"minute\";r=0;t=20"), Response.ok());
        ApiClient api = client(origin, CONFIG.withRateLimit(RateLimit.tokenBucket(2, Duration.ofSeconds(10), 2)));
        long start = time.nanoTime();
        for (int i = 0; i < 2; i++) api.get("/").send();
        assertThat(time.nanoTime()).isEqualTo(start);
        api.get("/").send();
        assertThat(Duration.ofNanos(time.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void anApiThatFailsIsLeftAlone() {
        FakeOrigin origin = FakeOrigin.answering(Response.of(500));
        ApiClient api = client(origin, CONFIG);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) api.get("/").send();
                })
                .isInstanceOf(Rejected.class);
    }

    @Test
    void answersAreCachedWhereThatIsWanted() {
        FakeOrigin origin = FakeOrigin.answering(Response.text("x").withHeader("Cache-Control", "max-age=60"));
        try (ApiClient api = client(origin, CONFIG.withCache(HttpCacheConfig.defaults()))) {
            for (int i = 0; i < 3; i++) assertThat(api.get("/x").text()).isEqualTo("x");
            assertThat(api.cacheStats().orElseThrow().hits()).isEqualTo(2);
        }
        assertThat(origin.requests()).hasSize(1);
        assertThat(client(origin, CONFIG).cacheStats()).isEqualTo(Optional.empty());
    }

    @Test
    void pagesFollowLinksAndKeepTheirCredentialsAtHome() {
        FakeOrigin origin = FakeOrigin.answering(
                Response.json(List.of(1, 2))
                        .withHeader(
                                "Link",
                                "</v1/list?a=1,2>; rel=\"prev\", <https://api.example/v1/list?page=2>; title=\"a, b\"; rel=\"last next\""),
                Response.json(List.of(3)).withHeader("Link", "<https://other.example/list>; rel=next"),
                Response.json(List.of(4)));
        ApiClient api = client(origin, CONFIG.withAuthentication(Authorization.bearer("t")));
        List<Integer> all = new ArrayList<>();
        for (Integer[] page : api.pages("/list", Integer[].class, Paging.byLink())) all.addAll(List.of(page));
        assertThat(all).containsExactly(1, 2, 3, 4);
        assertThat(origin.requests())
                .extracting(Request::target)
                .containsExactly(
                        "https://api.example/v1/list",
                        "https://api.example/v1/list?page=2",
                        "https://other.example/list");
        assertThat(origin.requests())
                .extracting(request -> request.headers().has("Authorization"))
                .containsExactly(true, true, false);
    }

    @Test
    void pagesFollowCursorsAndNumbers() {
        FakeOrigin cursors =
                FakeOrigin.answering(Response.json(Map.of("next", "a b", "n", 1)), Response.json(Map.of("n", 2)));
        Paging<Listing> byCursor = Paging.byCursor("cursor", page -> Optional.ofNullable(page.next()));
        assertThat(client(cursors, CONFIG).pages("/list?size=2&cursor=0", Listing.class, byCursor).stream())
                .extracting(Listing::n)
                .containsExactly(1, 2);
        assertThat(cursors.last().target()).isEqualTo("https://api.example/v1/list?size=2&cursor=a+b");
        FakeOrigin numbers =
                FakeOrigin.answering(Response.json(List.of(1)), Response.json(List.of(2)), Response.json(List.of()));
        Paging<Object[]> byNumber = Paging.byNumber("page", page -> page.length > 0);
        assertThat(client(numbers, CONFIG).pages("/list", Object[].class, byNumber))
                .hasSize(3);
        assertThat(numbers.last().target()).isEqualTo("https://api.example/v1/list?page=3");
    }

    @Test
    void pagesThatLeadBackOrAreNoneAreErrors() {
        FakeOrigin circle = FakeOrigin.answering(Response.json(List.of()).withHeader("Link", "<?p=1>; rel=next"));
        assertThatThrownBy(() -> client(circle, CONFIG)
                        .pages("/list", Object[].class, Paging.byLink())
                        .forEach(page -> {}))
                .isInstanceOf(ProtocolError.class)
                .hasMessageContaining("back to https://api.example/v1/list?p=1");
        ApiClient refusing = client(FakeOrigin.answering(Response.text(403, "no")), CONFIG);
        assertThatThrownBy(() -> refusing.pages("/list", Object[].class, Paging.byLink())
                        .iterator()
                        .next())
                .isInstanceOf(UnexpectedStatus.class);
    }

    @Test
    void theConfigurationIsValidated() {
        assertThatIllegalArgumentException().isThrownBy(() -> ApiClientConfig.to("x", "api.example"));
        assertThatIllegalArgumentException().isThrownBy(() -> CONFIG.withTimeout(Duration.ZERO));
        assertThat(CONFIG.withTimeout(Duration.ofDays(365)).timeout()).isEqualTo(Duration.ofDays(365));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CONFIG.withTimeout(Duration.ofDays(365).plusNanos(1)))
                .withMessageContaining("365 days");
    }
}
