package io.hawser.hub.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.internal.http.Hmac;
import io.hawser.testkit.FakeTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
    private static final Pattern PRINTED = Pattern.compile("the user `ann` the proof is `([^`]+)`");

    @Test
    void theProofThatTheDocumentPrintsIsGood() throws IOException {
        Path document = Path.of(System.getProperty("basedir", "")).resolve("../docs/PROTOCOL.md");
        Matcher printed = PRINTED.matcher(Files.readString(document));
        assertThat(printed.find()).isTrue();
        Authenticator authenticator = new Authenticator(
                AccessConfig.defaults()
                        .withAuth(AuthConfig.none().withSecrets(Map.of("ann", Bytes.ofUtf8("0123456789abcdef")))),
                true);
        Bytes proof = Bytes.wrap(Base64.getDecoder().decode(printed.group(1)));
        assertThat(authenticator.proof("ann", "n1", proof)).contains(Identity.of("ann"));
        assertThat(authenticator.proof("ann", "n2", proof)).isEmpty();
        assertThat(authenticator.proof("bob", "n1", proof)).isEmpty();
    }

    @Test
    void whoGuessesWaitsAndOthersDoNot() {
        FakeTime time = new FakeTime();
        FailureLimit limit = new FailureLimit(time);
        Endpoint guesser = Endpoint.of("192.0.2.1", 1);
        for (int i = 0; i < 5; i++) {
            assertThat(limit.pause(guesser)).isEmpty();
            guess(limit, guesser);
        }
        assertThat(limit.pause(guesser)).contains(Duration.ofSeconds(10));
        assertThat(limit.pause(Endpoint.of("192.0.2.2", 1))).isEmpty();
        time.advance(Duration.ofSeconds(10));
        assertThat(limit.pause(guesser)).isEmpty();
        for (int i = 0; i < 2000; i++) guess(limit, Endpoint.of("198.51." + i / 250 + "." + i % 250, 1));
        assertThat(limit.size()).isEqualTo(1024);
    }

    private static void guess(FailureLimit limit, Endpoint from) {
        assertThat(limit.isRight(from, () -> false)).isFalse();
    }

    @Test
    void triesThatAreNotOverYetAreBoundedAndKeepNobodyFromOneThatIsRight() {
        FailureLimit limit = new FailureLimit(new FakeTime());
        Endpoint many = Endpoint.of("192.0.2.1", 1);
        for (int i = 0; i < 64; i++) assertThat(limit.begin(many)).isTrue();
        assertThat(limit.begin(many)).isFalse();
        assertThat(limit.isRight(many, () -> true)).isTrue();
        assertThat(limit.begin(Endpoint.of("192.0.2.2", 1))).isTrue();
        limit.end(many, true);
        assertThat(limit.begin(many)).isTrue();
        for (int i = 0; i < 59; i++) limit.end(many, true);
        assertThat(limit.size()).isZero();
        for (int i = 0; i < 5; i++) limit.end(many, false);
        assertThat(limit.begin(many)).isFalse();
        assertThat(limit.isRight(many, () -> true)).isFalse();
        assertThat(limit.pause(many)).contains(Duration.ofSeconds(10));
    }

    @Test
    void whoHasANetworkOfIpv6IsOneGuesser() {
        FailureLimit limit = new FailureLimit(new FakeTime());
        for (int i = 1; i <= 5; i++) guess(limit, Endpoint.of("2001:db8:0:1::" + i, i));
        assertThat(limit.pause(Endpoint.of("2001:db8:0:1:ffff::7", 1))).contains(Duration.ofSeconds(10));
        assertThat(limit.pause(Endpoint.of("2001:db8:0:2::1", 1))).isEmpty();
        assertThat(limit.size()).isOne();
    }

    @Test
    void whomTheHookDoesNotKnowOrSaysNothingOfIsNobody() {
        AuthHook hook = (token, remote) -> switch (token) {
            case "ann" -> CompletableFuture.supplyAsync(() -> Optional.of(Identity.of("ann")));
            case "failed" -> CompletableFuture.failedFuture(new IOException("the service is away"));
            case "null" -> CompletableFuture.completedFuture(null);
            case "silent" -> new CompletableFuture<>();
            case "thrown" -> throw new IllegalStateException("not now");
            default -> CompletableFuture.completedFuture(Optional.empty());
        };
        AccessConfig config = AccessConfig.defaults().withAuth(AuthConfig.none().withHook(hook));
        Authenticator authenticator = new Authenticator(config, true, new FakeTime(), Duration.ofMillis(1));
        Endpoint peer = Endpoint.of("192.0.2.1", 1);
        for (String token : List.of("failed", "null", "silent", "thrown", "unknown")) {
            assertThat(authenticator.bearer(token, peer).toCompletableFuture().join())
                    .as(token)
                    .isEmpty();
        }
        Authenticator patient = new Authenticator(config, true);
        assertThat(patient.bearer("ann", peer).toCompletableFuture().join()).contains(Identity.of("ann"));
    }

    @Test
    void whoGuessesBearerTokensWaitsToo() {
        FakeTime time = new FakeTime();
        Authenticator authenticator = new Authenticator(
                AccessConfig.defaults().withAdminToken("correct horse"), true, time, Duration.ofSeconds(10));
        Endpoint guesser = Endpoint.of("192.0.2.1", 1);
        for (int i = 0; i < 5; i++)
            assertThat(bearer(authenticator, "guess", guesser)).isEmpty();
        assertThat(authenticator.failures().pause(guesser)).isPresent();
        assertThat(bearer(authenticator, "correct horse", guesser)).isEmpty();
        assertThat(bearer(authenticator, "correct horse", Endpoint.of("192.0.2.2", 1)))
                .contains(Identity.ADMIN);
        time.advance(Duration.ofSeconds(10));
        assertThat(bearer(authenticator, "correct horse", guesser)).contains(Identity.ADMIN);
    }

    @Test
    void guessesUnderWayAreBoundedAndLockNobodyOut() {
        CompletableFuture<Optional<Identity>> answer = new CompletableFuture<>();
        AccessConfig config = AccessConfig.defaults()
                .withAdminToken("correct horse")
                .withAuth(AuthConfig.none().withHook((token, remote) -> answer));
        Authenticator authenticator = new Authenticator(config, true, new FakeTime(), Duration.ofMinutes(1));
        Endpoint guesser = Endpoint.of("192.0.2.1", 1);
        List<CompletableFuture<Optional<Identity>>> tries = new ArrayList<>();
        for (int i = 0; i < 64; i++)
            tries.add(authenticator.bearer("token " + i, guesser).toCompletableFuture());
        assertThat(authenticator.isAdmin("correct horse", guesser)).isTrue();
        // One more is no try of the admin token.
        tries.add(authenticator.bearer("correct horse", guesser).toCompletableFuture());
        answer.complete(Optional.of(Identity.of("ann")));
        for (CompletableFuture<Optional<Identity>> one : tries)
            assertThat(one.join()).contains(Identity.of("ann"));
        assertThat(bearer(authenticator, "correct horse", guesser)).contains(Identity.ADMIN);
    }

    @Test
    void aTokenOfAUserThatIsMerelyTooOldIsNoGuess() {
        Bytes secret = Bytes.ofUtf8("0123456789abcdef0123456789abcdef");
        AuthConfig auth = AuthConfig.none().withJwt(JwtConfig.of(JwtAlgorithm.HS256, JwtKey.secret("", secret)));
        Authenticator authenticator = new Authenticator(
                AccessConfig.defaults().withAdminToken("correct horse").withAuth(auth), true);
        Endpoint peer = Endpoint.of("192.0.2.1", 1);
        for (int i = 0; i < 10; i++)
            assertThat(bearer(authenticator, jwt(secret, "{\"sub\":\"ann\",\"exp\":1}"), peer))
                    .isEmpty();
        assertThat(authenticator.failures().pause(peer)).isEmpty();
        for (int i = 0; i < 5; i++)
            assertThat(bearer(authenticator, jwt(secret, "{\"exp\":1}"), peer)).isEmpty();
        assertThat(authenticator.failures().pause(peer)).as("nobody's").isPresent();
        Endpoint forger = Endpoint.of("192.0.2.2", 1);
        Bytes another = Bytes.ofUtf8("another secret of 32 characters!");
        for (int i = 0; i < 5; i++)
            assertThat(bearer(authenticator, jwt(another, "{\"sub\":\"ann\",\"exp\":1}"), forger))
                    .isEmpty();
        assertThat(authenticator.failures().pause(forger))
                .as("signed by nobody")
                .isPresent();
    }

    private static String jwt(Bytes secret, String claims) {
        Base64.Encoder url = Base64.getUrlEncoder().withoutPadding();
        String signed = url.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8))
                + '.'
                + url.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return signed + '.' + url.encodeToString(Hmac.of(secret).sign(Bytes.ofUtf8(signed)));
    }

    private static Optional<Identity> bearer(Authenticator authenticator, String token, Endpoint from) {
        return authenticator.bearer(token, from).toCompletableFuture().join();
    }

    @Test
    void secretsAndKeysThatAreTooShortAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AuthConfig.none().withSecrets(Map.of("ann", Bytes.ofUtf8("short"))))
                .withMessageContaining("ann");
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.secret("", Bytes.ofUtf8("short")));
        assertThatIllegalArgumentException().isThrownBy(() -> JwtKey.publicKey("", "AAAA"));
    }
}
