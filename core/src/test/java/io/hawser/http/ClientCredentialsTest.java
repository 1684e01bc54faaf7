package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.testing.FakeTime;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientCredentialsTest {
    private static final ClientCredentialsConfig CONFIG = ClientCredentialsConfig.of(
                    "https://login.example/token", "me you", "s:c")
            .withScope("read write");

    private final FakeTime time = new FakeTime();
    private final FakeOrigin api = FakeOrigin.answering(Response.ok());

    private static Response token(String value, int seconds) {
        return Response.json(Map.of("access_token", value, "token_type", "bearer", "expires_in", seconds));
    }

    private String sent(HttpHandler client) throws Exception {
        client.handle(Request.get("https://api.example/"));
        return api.last().header("Authorization").orElse("");
    }

    private HttpHandler client(HttpHandler tokens) {
        return api.with(ClientCredentials.of(CONFIG, tokens, time));
    }

    @Test
    void aTokenIsFetchedOnceAndReplacedBeforeItsEnd() throws Exception {
        FakeOrigin tokens = FakeOrigin.answering(token("one", 3600), token("two", 100), token("three", 100));
        HttpHandler client = client(tokens);
        assertThat(sent(client)).isEqualTo("Bearer one");
        Request asked = tokens.last();
        assertThat(asked.body().form())
                .isEqualTo(Parameters.of("grant_type", "client_credentials", "scope", "read write"));
        assertThat(asked.header("Authorization")).contains("Basic bWUreW91OnMlM0Fj");
        time.pass(Duration.ofSeconds(3539));
        assertThat(sent(client)).isEqualTo("Bearer one");
        time.pass(Duration.ofSeconds(1));
        assertThat(sent(client)).isEqualTo("Bearer two");
        time.pass(Duration.ofSeconds(89));
        assertThat(sent(client)).isEqualTo("Bearer two");
        time.pass(Duration.ofSeconds(1));
        assertThat(sent(client)).isEqualTo("Bearer three");
        assertThat(tokens.requests()).hasSize(3);
    }

    @Test
    void aTokenThatIsStillGoodOutlivesAFailureToReplaceIt() throws Exception {
        FakeOrigin tokens = FakeOrigin.answering(token("one", 1000)).then(request -> {
            throw new ConnectFailed("login.example", null);
        });
        HttpHandler client = client(tokens);
        sent(client);
        time.pass(Duration.ofSeconds(950));
        assertThat(sent(client)).isEqualTo("Bearer one");
        assertThat(sent(client)).isEqualTo("Bearer one");
        assertThat(tokens.requests()).hasSize(2);
        time.pass(Duration.ofSeconds(5));
        assertThat(sent(client)).isEqualTo("Bearer one");
        assertThat(tokens.requests()).hasSize(3);
        time.pass(Duration.ofSeconds(60));
        assertThatThrownBy(() -> sent(client)).isInstanceOf(ConnectFailed.class);
    }

    @Test
    void a401MakesANewTokenOnce() throws Exception {
        FakeOrigin tokens = FakeOrigin.answering(token("one", 3600), token("two", 3600));
        FakeOrigin revoked = FakeOrigin.answering(Response.of(401), Response.ok(), Response.of(401));
        HttpHandler client = revoked.with(ClientCredentials.of(CONFIG, tokens, time));
        Request post = Request.post("https://api.example/", Body.text("x"));
        assertThat(client.handle(post).status()).isEqualTo(200);
        assertThat(revoked.requests())
                .extracting(request -> request.header("Authorization").orElseThrow())
                .containsExactly("Bearer one", "Bearer two");
        assertThat(revoked.last().body().text()).isEqualTo("x");
        assertThat(client.handle(post).status()).isEqualTo(401);
        assertThat(revoked.requests()).hasSize(4);
        Request stream = post.withBody(Body.of(new ByteArrayInputStream(new byte[1])));
        assertThat(client.handle(stream).status()).isEqualTo(401);
        assertThat(revoked.requests()).hasSize(5);
    }

    @Test
    void aTokenThatWasRefusedIsNotSentAgainThoughTheBodyCouldNotBe() throws Exception {
        FakeOrigin tokens = FakeOrigin.answering(token("one", 3600), token("two", 3600));
        FakeOrigin revoked = FakeOrigin.answering(Response.of(401), Response.ok());
        HttpHandler client = revoked.with(ClientCredentials.of(CONFIG, tokens, time));
        for (int status : List.of(401, 200, 200)) {
            Body once = Body.of(new ByteArrayInputStream(new byte[1]));
            assertThat(client.handle(Request.post("https://api.example/", once)).status())
                    .isEqualTo(status);
        }
        assertThat(revoked.requests())
                .extracting(request -> request.header("Authorization").orElseThrow())
                .containsExactly("Bearer one", "Bearer two", "Bearer two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null"})
    void anAnswerThatIsNoJsonIsNotBlamedOnWhoeverAsked(String json) {
        assertThatThrownBy(() -> sent(client(FakeOrigin.answering(Response.ok(Body.text(json))))))
                .isInstanceOfSatisfying(
                        ProtocolError.class, error -> assertThat(error.code()).isEqualTo(502));
    }

    @Test
    void manyCallersWaitForOneToken() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        FakeOrigin tokens = new FakeOrigin().then(request -> {
            asked.countDown();
            go.await();
            return token("one", 3600);
        });
        HttpHandler client = client(tokens);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(
                        () -> client.handle(Request.get("https://api.example/")).status()));
            }
            asked.await();
            Deadline passed = Deadline.after(Duration.ZERO);
            assertThatThrownBy(() -> passed.call(() -> client.handle(Request.get("https://api.example/"))))
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("access token");
            go.countDown();
            for (Future<Integer> answer : answers) assertThat(answer.get()).isEqualTo(200);
        }
        assertThat(tokens.requests()).hasSize(1);
        assertThat(api.requests())
                .hasSize(50)
                .allMatch(request -> request.header("Authorization").isPresent());
    }

    @Test
    void refusalsSayWhyAndWhetherTheyPass() {
        Response bad = Response.json(400, Map.of("error", "invalid_client"));
        assertThatThrownBy(() -> sent(client(FakeOrigin.answering(bad))))
                .isInstanceOfSatisfying(
                        ProtocolError.class,
                        error -> assertThat(Problem.of(error)).isEqualTo(Problem.of(Status.BAD_GATEWAY)))
                .hasMessageContaining("https://login.example/token gave no token: 400 invalid_client");
        Response busy = Response.of(503).withHeader("Retry-After", "7");
        assertThatThrownBy(() -> sent(client(FakeOrigin.answering(busy))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        refusal -> assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(7)));
        for (Map<String, String> odd :
                List.of(Map.of("token_type", "bearer"), Map.of("access_token", "x", "token_type", "mac"))) {
            assertThatThrownBy(() -> sent(client(FakeOrigin.answering(Response.json(odd)))))
                    .isInstanceOf(ProtocolError.class);
        }
        assertThat(api.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a b", " ", "caf\u00e9", "a\tb", "\u007f", "\u0000"})
    void aTokenThatCannotBeSentIsRefusedWhenItComesAndNotShown(String token) throws Exception {
        FakeOrigin tokens = FakeOrigin.answering(token(token, 3600), token("00D!AQ-._~+/09azAZ==", 3600));
        HttpHandler client = client(tokens);
        assertThatThrownBy(() -> sent(client))
                .isInstanceOf(ProtocolError.class)
                .hasMessage("https://login.example/token gave a token that cannot be sent (RFC 6749, appendix A.12)");
        assertThat(sent(client)).as("the next one is asked for").isEqualTo("Bearer 00D!AQ-._~+/09azAZ==");
    }

    @Test
    void whatTheServerSaysIsCutAndStaysOnOneLine() {
        String said = "no\r\n\u001b[31mERROR forged" + "x".repeat(1000);
        for (Response answer : List.of(
                Response.json(400, Map.of("error", said)),
                Response.json(Map.of("access_token", "x", "token_type", said)))) {
            assertThatThrownBy(() -> sent(client(FakeOrigin.answering(answer))))
                    .isInstanceOf(ProtocolError.class)
                    .hasMessageContaining("no???[31mERROR forgedxxx")
                    .hasMessageContaining("x...")
                    .message()
                    .hasSizeLessThan(300)
                    .matches("[ -~]*");
        }
    }

    @Test
    void theConfigurationHidesItsSecretAndWantsAUrl() {
        assertThat(CONFIG.toString()).doesNotContain("s:c");
        assertThatIllegalArgumentException().isThrownBy(() -> ClientCredentialsConfig.of("/token", "a", "b"));
    }
}
