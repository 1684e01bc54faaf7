package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.testkit.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class AdminCookieTest {
    private static final String TOKEN = "a token of some length";

    private final FakeTime time = new FakeTime();
    private final FailureLimit failures = new FailureLimit(time);
    private final AdminCookies cookies = new AdminCookies(TOKEN, failures, time);

    private String issued() {
        return cookies.issue(false).value();
    }

    private static Request with(String value) {
        return Request.get("/events").withHeader("Cookie", AdminCookie.NAME + '=' + value);
    }

    @Test
    void itIsGoodForTwelveHours() {
        Request request = with(issued());
        Instant end = Instant.ofEpochSecond(time.now().getEpochSecond()).plus(AdminCookie.AGE);
        assertThat(cookies.expiry(request)).contains(end);
        time.advance(AdminCookie.AGE.plus(Duration.ofSeconds(1)));
        assertThat(cookies.expiry(request)).isEmpty();
    }

    @Test
    void everyNodeWithTheSameTokenKnowsIt() {
        assertThat(new AdminCookies(TOKEN, failures, time).expiry(with(issued())))
                .isPresent();
        assertThat(new AdminCookies("another token", failures, time).expiry(with(issued())))
                .isEmpty();
    }

    @Test
    void noOtherIsOne() {
        assertThat(cookies.expiry(Request.get("/"))).isEmpty();
        String good = issued();
        String mac = good.substring(good.lastIndexOf('.'));
        for (String bad : List.of(
                "",
                "99999999999.forged",
                "99999999999.nonce.forged",
                good + 'x',
                '9' + good.substring(1),
                good.substring(0, good.indexOf('.')) + mac,
                good + "x".repeat(100))) {
            assertThat(new AdminCookies(TOKEN, new FailureLimit(time), time).expiry(with(bad)))
                    .as(bad)
                    .isEmpty();
        }
    }

    @Test
    void oneThatWasRightPassesWhateverOthersTryAtItsAddress() {
        String seen = issued();
        String another = new AdminCookies(TOKEN, failures, time).issue(false).value();
        for (int i = 0; i < 5; i++) guess();
        assertThat(cookies.expiry(with(seen))).isPresent();
        assertThat(cookies.expiry(with(another))).as("it could be a guess").isEmpty();
        time.advance(Duration.ofSeconds(10));
        assertThat(cookies.expiry(with(another))).isPresent();
        guess();
        assertThat(cookies.expiry(with(another))).isPresent();
    }

    @Test
    void whoMakesThemWithGuessesOfTheTokenHasToWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(failures.pause(with("").remote())).isEmpty();
            String made =
                    new AdminCookies("guess " + i, failures, time).issue(false).value();
            for (int again = 0; again < 3; again++)
                assertThat(cookies.expiry(with(made))).as("it counts once").isEmpty();
        }
        assertThat(failures.pause(with("").remote())).isPresent();
    }

    @Test
    void oneThatIsMerelyOldIsNoGuess() {
        String old = issued();
        time.advance(AdminCookie.AGE);
        AdminCookies restarted = new AdminCookies(TOKEN, failures, time);
        for (int i = 0; i < 10; i++) assertThat(restarted.expiry(with(old))).isEmpty();
        assertThat(failures.pause(with("").remote())).isEmpty();
        guess();
        assertThat(failures.pause(with("").remote())).isEmpty();
    }

    private void guess() {
        assertThat(failures.isRight(with("").remote(), () -> false)).isFalse();
    }

    @Test
    void whatIsOpenedWithItEndsWithIt() throws Exception {
        AccessConfig config = AccessConfig.defaults().withAdminToken(TOKEN);
        Guard guard = new Guard(config, new Authenticator(config, false), false, time);
        AtomicReference<Identity> known = new AtomicReference<>(Identity.ANYONE);
        Response response = guard.user().filter(with(issued()), request -> {
            known.set(request.attribute(Identity.KEY).orElseThrow());
            return Response.noContent();
        });
        assertThat(response.status()).isEqualTo(204);
        assertThat(known.get().isAdmin()).isTrue();
        assertThat(known.get().isExpired(time.now().plus(AdminCookie.AGE))).isTrue();
        assertThat(known.get().isExpired(time.now())).isFalse();
    }
}
