package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class WebhookVerifierTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER = "whsec_AAECAwQFBgcICQoLDA0ODw==";
    private static final String CONTENT = "{\"test\": 2432232314}";
    private static final long SENT = 1614265330;
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final FakeTime time = new FakeTime();
    private final FakeOrigin receiver =
            new FakeOrigin().then(request -> Response.text(request.body().text()));

    private static Request webhook(String content, String signature) {
        return Request.post("/hook", Body.of(Bytes.ofUtf8(content)))
                .withHeader("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .withHeader("webhook-timestamp", "" + SENT)
                .withHeader("webhook-signature", signature);
    }

    private int status(Request request, String... secrets) throws Exception {
        Duration away = Duration.between(time.now(), Instant.ofEpochSecond(SENT));
        if (receiver.requests().isEmpty() && away.abs().toDays() > 1) time.pass(away);
        return receiver.with(WebhookVerifier.of(secrets).on(time))
                .handle(request)
                .status();
    }

    @Test
    void theExampleOfTheStandardPassesWithItsContent() throws Exception {
        assertThat(status(webhook(CONTENT, SIGNATURE), SECRET)).isEqualTo(200);
        assertThat(receiver.last().body().text()).isEqualTo(CONTENT);
    }

    @Test
    void eitherSecretWillDoAndAnyOfTheSignatures() throws Exception {
        assertThat(status(webhook(CONTENT, SIGNATURE), OTHER, SECRET)).isEqualTo(200);
        assertThat(status(webhook(CONTENT, "v1a,xyz v1,AAAA " + SIGNATURE), SECRET))
                .isEqualTo(200);
        assertThat(status(webhook(CONTENT, SIGNATURE), OTHER)).isEqualTo(401);
    }

    @Test
    void anythingThatIsChangedIsRefused() throws Exception {
        Request good = webhook(CONTENT, SIGNATURE);
        assertThat(status(good, SECRET)).isEqualTo(200);
        for (Request bad : java.util.List.of(
                webhook(CONTENT + " ", SIGNATURE),
                webhook(CONTENT, SIGNATURE.replace("v1,", "v2,")),
                webhook(CONTENT, "v1,not base64!"),
                webhook(CONTENT, ""),
                good.withHeader("webhook-id", "msg_other"),
                good.withHeader("webhook-timestamp", "" + (SENT + 1)),
                good.withHeader("webhook-timestamp", "now"),
                good.withoutHeader("webhook-timestamp"),
                good.withoutHeader("webhook-id"),
                good.withoutHeader("webhook-signature"))) {
            assertThat(status(bad, SECRET)).isEqualTo(401);
        }
        assertThat(receiver.requests()).hasSize(1);
    }

    @Test
    void whatIsTooOldOrFromTheFutureIsRefused() throws Exception {
        assertThat(status(webhook(CONTENT, SIGNATURE), SECRET)).isEqualTo(200);
        time.pass(Duration.ofMinutes(5));
        assertThat(status(webhook(CONTENT, SIGNATURE), SECRET)).isEqualTo(200);
        time.pass(Duration.ofSeconds(1));
        assertThat(status(webhook(CONTENT, SIGNATURE), SECRET)).isEqualTo(401);
        time.pass(Duration.ofMinutes(-11));
        assertThat(status(webhook(CONTENT, SIGNATURE), SECRET)).isEqualTo(401);
    }

    @Test
    void theOtherNamesOfTheFieldsAreKnown() throws Exception {
        Request request = Request.post("/hook", Body.of(Bytes.ofUtf8(CONTENT)))
                .withHeader("svix-id", "msg_p5jXN8AQM9LWM0D4loKWxJek")
                .withHeader("svix-timestamp", "" + SENT)
                .withHeader("svix-signature", SIGNATURE);
        assertThat(status(request, SECRET)).isEqualTo(200);
    }

    @Test
    void secretsAndSizesAreBounded() {
        assertThatIllegalArgumentException().isThrownBy(WebhookVerifier::of);
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookVerifier.of("whsec_"));
        assertThatIllegalArgumentException().isThrownBy(() -> WebhookVerifier.of("not base64!"));
        assertThatThrownBy(() -> status(webhook("x".repeat(1 << 20) + "x", SIGNATURE), SECRET))
                .isInstanceOf(LimitExceeded.class);
    }
}
