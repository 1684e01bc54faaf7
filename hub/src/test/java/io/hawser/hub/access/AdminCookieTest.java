package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.testkit.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AdminCookieTest {
    private static final String TOKEN = "a token of some length";

    private final FakeTime time = new FakeTime();
    private final AdminCookie cookie = new AdminCookie(TOKEN);

    private Request with(AdminCookie issuing) {
        String field = issuing.issue(time.now(), false)
                .on(Response.noContent())
                .header("Set-Cookie")
                .orElseThrow();
        return Request.get("/events").withHeader("Cookie", field.substring(0, field.indexOf(';')));
    }

    @Test
    void itIsGoodForTwelveHours() {
        Request request = with(cookie);
        Instant end = Instant.ofEpochSecond(time.now().getEpochSecond()).plus(AdminCookie.AGE);
        assertThat(cookie.expiry(request, time.now())).contains(end);
        time.advance(AdminCookie.AGE.plus(Duration.ofSeconds(1)));
        assertThat(cookie.expiry(request, time.now())).isEmpty();
    }

    @Test
    void thatOfAnotherTokenIsNone() {
        assertThat(cookie.expiry(with(new AdminCookie("another token")), time.now()))
                .isEmpty();
        assertThat(cookie.expiry(Request.get("/"), time.now())).isEmpty();
        assertThat(cookie.expiry(
                        Request.get("/").withHeader("Cookie", AdminCookie.NAME + "=99999999999.forged"), time.now()))
                .isEmpty();
    }

    @Test
    void whatIsOpenedWithItEndsWithIt() throws Exception {
        AccessConfig config = AccessConfig.defaults().withAdminToken(TOKEN);
        Guard guard = new Guard(config, new Authenticator(config, false), false, time);
        AtomicReference<Identity> known = new AtomicReference<>(Identity.ANYONE);
        Response response = guard.user().filter(with(cookie), request -> {
            known.set(request.attribute(Identity.KEY).orElseThrow());
            return Response.noContent();
        });
        assertThat(response.status()).isEqualTo(204);
        assertThat(known.get().isAdmin()).isTrue();
        assertThat(known.get().isExpired(time.now().plus(AdminCookie.AGE))).isTrue();
        assertThat(known.get().isExpired(time.now())).isFalse();
    }
}
