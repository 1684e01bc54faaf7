package io.hawser.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Endpoint;
import io.hawser.StartupFailed;
import io.hawser.conformance.rest.Http;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who is let in over HTTP.
@Timeout(120)
final class GuardTest {
    private static final String TOKEN = "correct horse battery staple";
    private static final String STATS = "/api/v1/stats";

    private static Hub hub(String address, AccessConfig access) {
        return Hub.start(HubConfig.on(ListenConfig.on(address)).withAccess(access));
    }

    private static Hub open() {
        return hub("127.0.0.1:0", AccessConfig.defaults());
    }

    private static Hub withToken(String address) {
        return hub(address, AccessConfig.defaults().withAdminToken(TOKEN));
    }

    @ParameterizedTest
    @ValueSource(strings = {STATS, "/events?topic=t", "/ws"})
    void onALoopbackAddressOnlyThisMachineIsAnswered(String path) throws IOException {
        try (Hub hub = open()) {
            Http http = new Http(hub.endpoint());
            http.get(path, "Host: evil.example").is(421);
            http.get(path, "Host: 127.0.0.1.evil.example").is(421);
            http.get(path, "Origin: http://evil.example").is(403);
            http.get(path, "Sec-Fetch-Site: cross-site").is(403);
            http.get(path, "Sec-Fetch-Site: same-site").is(403);
        }
    }

    @Test
    void onALoopbackAddressAdministratorsNeedNoTokenUnlessThereIsOne() throws IOException {
        try (Hub hub = open()) {
            Http http = new Http(hub.endpoint());
            http.get(STATS).is(200);
            http.get(STATS, "Host: localhost:1").is(200);
            http.get(STATS, "Sec-Fetch-Site: same-origin").is(200);
            http.get(STATS, "Authorization: Bearer guess").is(200);
        }
        try (Hub hub = withToken("127.0.0.1:0")) {
            Http http = new Http(hub.endpoint());
            assertThat(http.get(STATS).is(401).header("WWW-Authenticate").orElse(""))
                    .startsWith("Bearer");
            http.get(STATS, "Authorization: Bearer " + TOKEN).is(200);
            http.get("/events?topic=t", "Host: other").is(421);
            http.get("/plaintext", "Host: other").is(200);
            http.get("/health/live", "Host: other").is(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Forwarded: for=192.0.2.1",
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-Host: a",
                "X-Real-IP: 192.0.2.1",
                "Via: 1.1 proxy"
            })
    void behindAProxyTheTokenIsNeeded(String field) throws IOException {
        try (Hub hub = open()) {
            Http http = new Http(hub.endpoint());
            for (String path : new String[] {STATS, "/events?topic=t", "/ws"})
                http.get(path, field).is(401);
        }
        try (Hub hub = withToken("127.0.0.1:0")) {
            Http http = new Http(hub.endpoint());
            http.get(STATS, field, "Authorization: Bearer " + TOKEN).is(200);
            http.get("/ws", field, "Authorization: Bearer " + TOKEN).is(426);
        }
    }

    @Test
    void aBrowserGetsACookieForTheToken() throws IOException {
        try (Hub hub = withToken("127.0.0.1:0")) {
            Http http = new Http(hub.endpoint());
            http.post("/login", "{\"token\":\"guess\"}").is(401);
            String cookie = http.post("/login", "{\"token\":\"" + TOKEN + "\"}")
                    .is(204)
                    .header("Set-Cookie")
                    .orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict").doesNotContain(TOKEN);
            String pair = cookie.substring(0, cookie.indexOf(';'));
            http.get(STATS, "Cookie: " + pair).is(200);
            http.get(STATS, "Cookie: " + pair + "x").is(401);
            http.get(STATS, "Cookie: " + pair.replaceFirst("=\\d", "=9")).is(401);
            http.ask(
                            "POST",
                            "/login",
                            "token=" + TOKEN.replace(' ', '+'),
                            "Content-Type: application/x-www-form-urlencoded")
                    .is(204);
            http.post("/login", "{\"token\":\"" + TOKEN + "\"}", "Origin: http://evil.example")
                    .is(403);
        }
    }

    @Test
    void whoGuessesHasToWait() throws IOException {
        try (Hub hub = withToken("127.0.0.1:0")) {
            Http http = new Http(hub.endpoint());
            for (int i = 0; i < 3; i++)
                http.post("/login", "{\"token\":\"guess\"}").is(401);
            for (int i = 0; i < 2; i++)
                http.get(STATS, "Authorization: Bearer guess").is(401);
            Http.Answer late =
                    http.post("/login", "{\"token\":\"" + TOKEN + "\"}").is(429);
            assertThat(late.header("Retry-After")).isPresent();
            http.get(STATS, "Authorization: Bearer " + TOKEN).is(429);
            http.get("/plaintext").is(200);
        }
    }

    @Test
    void whoHasLoggedInIsNotLockedOutByGuessesFromHisAddress() throws IOException {
        // On a loopback address who shows a wrong token is let into /events as anyone is.
        try (Hub hub = withToken("0.0.0.0:0")) {
            Http http = new Http(Endpoint.of("127.0.0.1", hub.endpoint().port()));
            String cookie = http.post("/login", "{\"token\":\"" + TOKEN + "\"}")
                    .is(204)
                    .header("Set-Cookie")
                    .orElseThrow();
            String pair = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
            for (int i = 0; i < 5; i++)
                http.get("/events?topic=t", "Authorization: Bearer guess").is(401);
            http.get("/events?topic=t", "Authorization: Bearer guess").is(429);
            http.get(STATS, pair).is(200);
            http.get("/metrics", pair).is(200);
            http.get(STATS, pair + "x").is(429);
            http.get(STATS, "Authorization: Bearer " + TOKEN).is(429);
        }
    }

    @Test
    void withoutATokenThereIsNothingToGuess() throws IOException {
        try (Hub hub = open()) {
            Http http = new Http(hub.endpoint());
            for (int i = 0; i < 10; i++)
                http.get(STATS, "Authorization: Bearer guess").is(200);
            http.get(STATS, "Authorization: Bearer guess", "Via: 1.1 proxy").is(401);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHubsOwnTopicsAreForAdministrators(Wire wire) throws IOException {
        Map<String, ?> sub = Map.of("id", 2, "sub", Map.of("topic", "$hub.x"));
        try (Hub hub = open();
                Client anyone = wire.connect(hub.endpoint())) {
            anyone.greet("c");
            assertThat(anyone.ask(sub).has("sub")).isTrue();
        }
        try (Hub hub = withToken("127.0.0.1:0");
                Client anyone = wire.connect(hub.endpoint());
                Client admin = wire.connect(hub.endpoint())) {
            anyone.greet("c");
            assertThat(anyone.ask(sub).path("err").path("code").asInt()).isEqualTo(403);
            assertThat(anyone.subscribe("room.1").path("topic").asString()).isEqualTo("room.1");
            admin.hello(Map.of("auth", Map.of("bearer", TOKEN)));
            assertThat(admin.ask(sub).has("sub")).isTrue();
            new Http(hub.endpoint()).get("/events?topic=$hub.x").is(403);
        }
    }

    @Test
    void onAnyAddressACookieCountsForPagesOfOursOnly() throws IOException {
        try (Hub hub =
                hub("0.0.0.0:0", AccessConfig.defaults().withAdminToken(TOKEN).withOrigins("https://ours.example"))) {
            Http http = new Http(Endpoint.of("127.0.0.1", hub.endpoint().port()));
            String cookie = http.post("/login", "{\"token\":\"" + TOKEN + "\"}")
                    .is(204)
                    .header("Set-Cookie")
                    .orElseThrow();
            String pair = "Cookie: " + cookie.substring(0, cookie.indexOf(';'));
            for (String ours : List.of(
                    "Sec-Fetch-Site: same-origin",
                    "Sec-Fetch-Site: none",
                    "Origin: http://" + http.server(),
                    "Origin: https://ours.example\r\nSec-Fetch-Site: cross-site")) {
                http.get(STATS, pair, ours).is(200);
            }
            for (String others : List.of(
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Sec-Fetch-Site: same-origin\r\nSec-Fetch-Site: same-site",
                    "Origin: null",
                    "Origin: http://evil.example\r\nSec-Fetch-Site: same-origin")) {
                http.get(STATS, pair, others).is(401);
                http.get("/events?topic=t", pair, others).is(401);
            }
        }
    }

    @Test
    void withoutATokenThereIsNoHubForOthers() {
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> hub("0.0.0.0:0", AccessConfig.defaults()))
                .withMessageContaining("admin token");
    }

    @ParameterizedTest
    @EnumSource
    void onAnyOtherAddressOnlyWhoHasTheTokenIsLetIn(Wire wire) throws IOException {
        try (Hub hub = withToken("0.0.0.0:0")) {
            Endpoint here = Endpoint.of("127.0.0.1", hub.endpoint().port());
            new Http(here).get(STATS, "Host: any.example").is(401);
            new Http(here)
                    .get(STATS, "Host: any.example", "Authorization: Bearer " + TOKEN)
                    .is(200);
            new Http(here).get("/events?topic=t").is(401);
            try (Client client = wire.connect(here)) {
                client.say(Map.of("id", 1, "hello", Map.of("client", "c")));
                client.expectGoodbye(4010);
            }
            try (Client client = wire.connect(here)) {
                client.say(Map.of("id", 1, "hello", Map.of("auth", Map.of("bearer", "guess"))));
                client.expectGoodbye(4010);
            }
            try (Client client = wire.connect(here)) {
                client.hello(Map.of("auth", Map.of("bearer", TOKEN)));
                assertThat(client.subscribe("t").path("topic").asString()).isEqualTo("t");
            }
        }
    }
}
