package io.hawser.conformance.access;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.conformance.rest.Http;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.access.JwtConfig;
import io.hawser.hub.access.JwtKey;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Bearer tokens in the hello.
@Timeout(120)
final class JwtTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final byte[] SECRET = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
    private static final SecretKeySpec KEY = new SecretKeySpec(SECRET, "HmacSHA256");
    private static final JwtConfig HS256 = JwtConfig.of(JwtAlgorithm.HS256, JwtKey.secret("", Bytes.wrap(SECRET)));

    private static Hub hub(JwtConfig jwt) {
        return hub(AuthConfig.none().withJwt(jwt));
    }

    private static Hub hub(AuthConfig auth) {
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withAccess(AccessConfig.defaults().withAuth(auth)));
    }

    private static String hs256(String user, Duration validFor) throws Exception {
        return Tokens.token("HS256", KEY, Tokens.claims(user, validFor));
    }

    private static void isRefused(Hub hub, String token) throws IOException {
        isRefused(hub, token, Wire.MSGI);
    }

    private static void isRefused(Hub hub, String token, Wire wire) throws IOException {
        try (Client client = wire.connect(hub.endpoint())) {
            client.say(Map.of("id", 1, "hello", Map.of("auth", Map.of("bearer", token))));
            client.expectGoodbye(4010);
        }
    }

    private static JsonNode greet(Client client, String token) throws IOException {
        return client.hello(Map.of("auth", Map.of("bearer", token)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256", "EdDSA"})
    void aTokenOfAKnownPairIsGoodAndThatOfAnotherIsNot(String algorithm) throws Exception {
        KeyPair pair = Tokens.pair(algorithm);
        JwtAlgorithm configured = JwtAlgorithm.valueOf(algorithm.toUpperCase(Locale.ROOT));
        JwtConfig jwt = JwtConfig.of(configured, JwtKey.publicKey("", Tokens.pem(pair.getPublic())));
        try (Hub hub = hub(jwt);
                Client ann = Wire.WEBSOCKET_JSON.connect(hub.endpoint());
                Client bob = Wire.MSGI.connect(hub.endpoint())) {
            greet(ann, Tokens.token(algorithm, pair.getPrivate(), Tokens.claims("ann", HOUR)));
            greet(bob, Tokens.token(algorithm, pair.getPrivate(), Tokens.claims("bob", HOUR)));
            ann.subscribe("t");
            bob.publish("t", 1);
            assertThat(ann.read().path("pub").path("from").path("user").asString())
                    .isEqualTo("bob");
            KeyPair another = Tokens.pair(algorithm);
            isRefused(hub, Tokens.token(algorithm, another.getPrivate(), Tokens.claims("ann", HOUR)));
            // The oldest tricks: no signature, and the public key as the secret of an HMAC.
            isRefused(hub, Tokens.token("none", pair.getPrivate(), Tokens.claims("ann", HOUR)));
            SecretKeySpec asSecret = new SecretKeySpec(pair.getPublic().getEncoded(), "HmacSHA256");
            isRefused(hub, Tokens.token("HS256", asSecret, Tokens.claims("ann", HOUR)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAGoodTokenNobodyIsLetIn(Wire wire) throws Exception {
        try (Hub hub = hub(HS256)) {
            try (Client client = wire.connect(hub.endpoint())) {
                client.say(Map.of("id", 1, "hello", Map.of("client", "c")));
                client.expectGoodbye(4010);
            }
            isRefused(hub, "nonsense", wire);
            isRefused(hub, hs256("ann", Duration.ofMinutes(-5)), wire);
            isRefused(hub, hs256("", HOUR), wire);
            isRefused(hub, Tokens.token("HS256", KEY, Map.of("sub", "ann")), wire);
            String good = hs256("ann", HOUR);
            isRefused(hub, good.substring(0, good.length() - 4) + "AAAA", wire);
            try (Client client = wire.connect(hub.endpoint())) {
                assertThat(greet(client, good).path("sid").asString()).isNotEmpty();
            }
        }
    }

    @Test
    void issuerAndAudienceAreLookedAt() throws Exception {
        try (Hub hub = hub(HS256.withIssuer("https://id.example").withAudience("hub"));
                Client client = Wire.MSGI.connect(hub.endpoint())) {
            Map<String, Object> claims = new HashMap<>(Tokens.claims("ann", HOUR));
            claims.put("iss", "https://id.example");
            isRefused(hub, Tokens.token("HS256", KEY, claims));
            claims.put("aud", List.of("other", "hub"));
            greet(client, Tokens.token("HS256", KEY, claims));
            claims.put("iss", "https://evil.example");
            isRefused(hub, Tokens.token("HS256", KEY, claims));
        }
    }

    @Test
    void aKeySetIsReadAgainWhenItChanges(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.json");
        KeyPair first = Tokens.pair("ES256");
        KeyPair second = Tokens.pair("ES256");
        Files.writeString(file, keySet(Map.of("k1", first)));
        JwtConfig jwt = JwtConfig.of(file, JwtAlgorithm.ES256);
        try (Hub hub = hub(jwt)) {
            try (Client client = Wire.MSGI.connect(hub.endpoint())) {
                greet(client, es256("k1", first));
            }
            isRefused(hub, es256("k2", second));
            Files.writeString(file, keySet(Map.of("k1", first, "k2", second)));
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
            boolean isKnown = false;
            for (int i = 0; i < 300 && !isKnown; i++) {
                Thread.sleep(100);
                try (Client client = Wire.MSGI.connect(hub.endpoint())) {
                    client.say(Map.of("id", 1, "hello", Map.of("auth", Map.of("bearer", es256("k2", second)))));
                    isKnown = client.read().has("welcome");
                } catch (AssertionError refused) {
                    isKnown = false;
                }
            }
            assertThat(isKnown).isTrue();
        }
    }

    @Test
    void aKeySetThatIsPublishedIsFetched() throws Exception {
        KeyPair first = Tokens.pair("ES256");
        KeyPair second = Tokens.pair("ES256");
        AtomicInteger fetched = new AtomicInteger();
        HttpHandler issuer = request -> {
            fetched.incrementAndGet();
            return Response.text(keySet(Map.of("k1", first)));
        };
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), issuer);
                Hub hub = hub(JwtConfig.of(URI.create("http://" + server.endpoint() + "/keys"), JwtAlgorithm.ES256))) {
            for (Wire wire : Wire.values()) {
                try (Client client = wire.connect(hub.endpoint())) {
                    greet(client, es256("k1", first));
                }
            }
            for (int i = 0; i < 5; i++) isRefused(hub, es256("k2", second));
            // Who shows keys that nobody has does not make the hub fetch them each time.
            assertThat(fetched.get()).isBetween(1, 3);
        }
    }

    private static String es256(String kid, KeyPair pair) throws Exception {
        return Tokens.token(Map.of("alg", "ES256", "kid", kid), "ES256", pair.getPrivate(), Tokens.claims("ann", HOUR));
    }

    private static String keySet(Map<String, KeyPair> pairs) {
        StringBuilder keys = new StringBuilder();
        pairs.forEach((kid, pair) -> {
            ECPublicKey key = (ECPublicKey) pair.getPublic();
            keys.append(keys.isEmpty() ? "" : ",")
                    .append("{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"" + kid + "\",\"x\":\"")
                    .append(coordinate(key.getW().getAffineX().toByteArray()))
                    .append("\",\"y\":\"")
                    .append(coordinate(key.getW().getAffineY().toByteArray()))
                    .append("\"}");
        });
        return "{\"keys\":[" + keys + "]}";
    }

    private static String coordinate(byte[] signed) {
        byte[] fixed = new byte[32];
        int size = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - size, fixed, 32 - size, size);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fixed);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenThatExpiresEndsTheSessionUnlessItIsRefreshed(Wire wire) throws Exception {
        Duration soon = Duration.ofSeconds(3);
        try (Hub hub = hub(HS256.withLeeway(Duration.ZERO));
                Client forgetful = wire.connect(hub.endpoint());
                Client careful = wire.connect(hub.endpoint())) {
            greet(careful, hs256("ann", soon));
            greet(forgetful, hs256("bob", soon));
            assertThat(refresh(careful, hs256("bob", HOUR))).isEqualTo(403);
            assertThat(refresh(careful, "nonsense")).isEqualTo(403);
            assertThat(refresh(careful, hs256("ann", HOUR))).isZero();
            forgetful.expectGoodbye(4010);
            assertThat(careful.subscribe("t").path("topic").asString()).isEqualTo("t");
        }
    }

    private static int refresh(Client client, String token) throws IOException {
        JsonNode answer = client.ask(Map.of("id", 8, "auth", Map.of("bearer", token)));
        assertThat(answer.path("id").asInt()).isEqualTo(8);
        return answer.path("err").path("code").asInt();
    }

    @ParameterizedTest
    @EnumSource
    void aResumeByAnotherUserEvictsNobody(Wire wire) throws Exception {
        try (Hub hub = hub(HS256);
                Client ann = wire.connect(hub.endpoint());
                Client bob = wire.connect(hub.endpoint());
                Client annAgain = wire.connect(hub.endpoint())) {
            String resume = greet(ann, hs256("ann", HOUR)).path("resume").asString();
            JsonNode stolen = bob.hello(Map.of("resume", resume, "auth", Map.of("bearer", hs256("bob", HOUR))));
            assertThat(stolen.path("resumed").asBoolean()).isFalse();
            assertThat(stolen.path("reason").asString()).isEqualTo("principal");
            assertThat(ann.subscribe("t").path("topic").asString()).isEqualTo("t");
            JsonNode again = annAgain.hello(Map.of("resume", resume, "auth", Map.of("bearer", hs256("ann", HOUR))));
            assertThat(again.path("resumed").asBoolean()).isTrue();
            ann.expectGoodbye(4013);
        }
    }

    @Test
    void aHandshakeOrRequestWithATokenNeedsNoneInside() throws Exception {
        try (Hub hub = hub(HS256)) {
            Http http = new Http(hub.endpoint());
            String good = "Authorization: Bearer " + hs256("ann", HOUR);
            http.get("/events?topic=t").is(401);
            http.get("/events?topic=t", "Authorization: Bearer nonsense").is(401);
            http.get("/api/v1/stats", good).is(401);
            http.get("/ws", "Authorization: Bearer nonsense").is(401);
            try (Client client = Wire.socket(hub.endpoint(), good)) {
                client.greet("c");
                assertThat(client.subscribe("t").path("topic").asString()).isEqualTo("t");
            }
        }
    }
}
