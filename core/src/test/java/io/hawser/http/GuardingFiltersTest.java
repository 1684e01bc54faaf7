package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuardingFiltersTest {
    private final HttpHandler whoAmI =
            request -> Response.text(Principal.of(request).map(Principal::name).orElse("nobody"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann:secret|200",
                "ann:Secret|401",
                "ann:|401",
                "ann|401",
                ":|401",
                "bob:|401",
                "bob:x:y|200",
                "ünal:päss|200",
                "eve:secret|401",
            })
    void aUserIsKnownByNameAndPassword(String pair, int status) throws Exception {
        HttpHandler guarded = whoAmI.with(
                BasicAuthentication.of("the \"realm\"", Map.of("ann", "secret", "bob", "x:y", "ünal", "päss")));
        String encoded = Base64.getEncoder().encodeToString(Bytes.ofUtf8(pair).toArray());
        Response response = guarded.handle(Request.get("/").withHeader("Authorization", "bAsIc  " + encoded));
        assertThat(response.status()).isEqualTo(status);
        if (status == 200) assertThat(response.body().text()).isEqualTo(pair.substring(0, pair.indexOf(':')));
        else
            assertThat(response.header("WWW-Authenticate"))
                    .contains("Basic realm=\"the \\\"realm\\\"\", charset=\"UTF-8\"");
    }

    @Test
    void whatAVerifierThrowsIsNoRefusal() {
        HttpHandler guarded = whoAmI.with(new BasicAuthentication("r", (user, password) -> {
            throw new IllegalArgumentException("no such table");
        }));
        Request request = Request.get("/").withHeader("Authorization", "Basic YTpi");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> guarded.handle(request))
                .withMessage("no such table");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Bearer tok|200",
                "bearer tok|200",
                "Bearer tok2|401",
                "Bearer|401",
                "Bearer |401",
                "Basic tok|401",
                "tok|401",
                "Bearer TOK|401",
            })
    void aTokenIsKnown(String field, int status) throws Exception {
        HttpHandler guarded = whoAmI.with(BearerAuthentication.of("r", "tok", new Principal("admin")));
        Response response = guarded.handle(Request.get("/").withHeader("Authorization", field));
        assertThat(response.status()).isEqualTo(status);
        if (status == 200) assertThat(response.body().text()).isEqualTo("admin");
        else assertThat(response.headers().value("WWW-Authenticate", "")).startsWith("Bearer realm=\"r\"");
        Request twice = Request.get("/").addingHeader("Authorization", field).addingHeader("Authorization", field);
        assertThat(guarded.handle(twice).status()).isEqualTo(401);
        assertThat(guarded.handle(Request.get("/")).status()).isEqualTo(401);
    }

    @Test
    void aBodyOverTheLimitOfItsRouteIsRefused() throws Exception {
        HttpHandler size =
                request -> Response.text(String.valueOf(request.body().bytes().size()));
        HttpHandler limited = size.with(ErrorAnswers.INSTANCE, new BodyLimit(4));
        assertThat(limited.handle(Request.post("/", Body.text("1234"))).body().text())
                .isEqualTo("4");
        assertThat(limited.handle(Request.post("/", Body.text("12345"))).status())
                .isEqualTo(413);
        Body.Producer five = sink -> {
            for (int i = 0; i < 5; i++) sink.write(Bytes.ofUtf8("x"));
        };
        assertThat(limited.handle(Request.post("/", Body.writing(five))).status())
                .isEqualTo(413);
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> size.with(new BodyLimit(4)).handle(Request.post("/", Body.writing(five))));
    }

    @Test
    void aRequestHasADeadline() throws Exception {
        AtomicReference<Deadline> seen = new AtomicReference<>(Deadline.none());
        HttpHandler looking = _ -> {
            seen.set(Deadline.current());
            return Response.ok();
        };
        assertThat(looking.with(new RequestTimeout(Duration.ofMinutes(1)))
                        .handle(Request.get("/"))
                        .status())
                .isEqualTo(200);
        assertThat(seen.get().remaining()).isBetween(Duration.ofSeconds(1), Duration.ofMinutes(1));
    }

    @Test
    void aHandlerThatWaitsBeyondItIs503() throws Exception {
        HttpHandler slow = _ -> {
            while (!Deadline.current().hasPassed()) Thread.onSpinWait();
            Deadline.current().check("nothing");
            return Response.ok();
        };
        Response late = slow.with(new RequestTimeout(Duration.ofMillis(1))).handle(Request.get("/"));
        assertThat(late.status()).isEqualTo(503);
        assertThat(late.header("Retry-After")).contains("1");
        HttpHandler other = _ -> {
            throw new DeadlineExceeded("a shorter one", Processed.MAYBE);
        };
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() ->
                        other.with(new RequestTimeout(Duration.ofMinutes(1))).handle(Request.get("/")));
    }

    @Test
    void healthIsTheWorstOfItsChecks() throws Exception {
        Router router = Router.builder()
                .mount(
                        "/health",
                        Health.create()
                                .withCheck("db", () -> Health.State.UP)
                                .withCheck("broker", () -> Health.State.DEGRADED))
                .build();
        assertThat(router.handle(Request.get("/health/live")).status()).isEqualTo(200);
        Response ready = router.handle(Request.get("/health/ready"));
        assertThat(ready.status()).isEqualTo(200);
        assertThat((Object) ready.body().as(Map.class))
                .isEqualTo(Map.of("status", "degraded", "checks", Map.of("db", "up", "broker", "degraded")));
        Response up = Health.create().withCheck("db", () -> Health.State.UP).handle(Request.get("/ready"));
        assertThat(up.body().text()).isEqualTo("{\"status\":\"up\"}");
        Health down = Health.create().withCheck("db", () -> {
            throw new IllegalStateException("secret");
        });
        assertThat(down.state()).isEqualTo(Health.State.DOWN);
        assertThat(silent().state()).isEqualTo(Health.State.DOWN);
        assertThat(silent().handle(Request.get("/ready")).status()).isEqualTo(503);
        assertThat(down.handle(Request.get("/ready")).status()).isEqualTo(503);
        assertThat(down.handle(Request.get("/live")).status()).isEqualTo(200);
        assertThat(down.handle(Request.get("/other")).status()).isEqualTo(404);
    }

    @SuppressWarnings("NullAway") // what a check should not do
    private static Health silent() {
        return Health.create().withCheck("db", () -> null);
    }
}
