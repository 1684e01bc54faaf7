package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.hawser.Bytes;
import io.hawser.Reconnect;
import io.hawser.SessionClosed;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.access.JwtAlgorithm;
import io.hawser.hub.access.JwtConfig;
import io.hawser.hub.access.JwtKey;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.hub.alerts.AlertRule;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A whole hub, its clients beside it, with everything logged that there is to log.
@Timeout(120)
class SecretsInLogsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ADMIN = "admin-token-5f1d0c";
    private static final String KEY = "signing-key-of-tokens-0123456789abcdef";
    private static final String OF_ANN = "secret-of-ann-77ab31";
    private static final String GUESS = "wrong-guess-90e2aa";
    private static final String IN_URL = "token-in-url-4c9be8";
    private static final String HOOK = "path-of-webhook-d16f02";

    private final Map<Logger, Optional<Level>> before = new HashMap<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final AppenderBase<ILoggingEvent> log = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String stack =
                    event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
            logged.add(event.getLevel() + " " + event.getFormattedMessage() + " " + event.getMDCPropertyMap() + stack);
        }
    };

    private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Logger root = loggers.getLogger(Logger.ROOT_LOGGER_NAME);
    private final List<Appender<ILoggingEvent>> usual = new ArrayList<>();

    @BeforeEach
    void logEverythingHereAndNowhereElse() {
        root.iteratorForAppenders().forEachRemaining(usual::add);
        usual.forEach(root::detachAppender);
        for (String name : List.of(Logger.ROOT_LOGGER_NAME, "io.netty", "io.hawser")) {
            Logger logger = loggers.getLogger(name);
            before.put(logger, Optional.ofNullable(logger.getLevel()));
            logger.setLevel(Level.TRACE);
        }
        log.setContext(loggers);
        log.start();
        root.addAppender(log);
    }

    @AfterEach
    void logAsBefore() {
        before.forEach((logger, level) -> logger.setLevel(level.orElse(null)));
        root.detachAppender(log);
        usual.forEach(root::addAppender);
        log.stop();
    }

    private static byte[] mac(String key, String what) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(what.getBytes(StandardCharsets.UTF_8));
    }

    private static String jwt(String key, int seconds) throws GeneralSecurityException {
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        String claims =
                "{\"sub\":\"bob\",\"exp\":" + Instant.now().plusSeconds(seconds).getEpochSecond() + "}";
        String signed = encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)) + "."
                + encoder.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return signed + "." + encoder.encodeToString(mac(key, signed));
    }

    private static HubConfig config(URI webhook) {
        AuthConfig auth = AuthConfig.none()
                .withJwt(JwtConfig.of(JwtAlgorithm.HS256, JwtKey.secret("", Bytes.ofUtf8(KEY))))
                .withSecrets(Map.of("ann", Bytes.ofUtf8(OF_ANN)));
        AlertRule rule = new AlertRule(
                "busy", AlertCondition.parse("connections >= 1"), Duration.ofSeconds(1), Optional.of(webhook));
        return HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withHandlers(ExecutionMode.VIRTUAL)
                .withAccess(AccessConfig.defaults().withAdminToken(ADMIN).withAuth(auth))
                .withAlerts(AlertConfig.defaults().withRules(rule));
    }

    private static WebSocket socket(Hub hub) {
        return WebSockets.connect(WebSocketClientConfig.to("ws://" + hub.endpoint() + "/ws")
                .withReconnect(Reconnect.defaults().withMaxAttempts(1))
                .withWebSocket(WebSocketConfig.defaults().withSubprotocols("hawser.v1.json")));
    }

    private static JsonNode ask(WebSocket socket, String request) {
        socket.send(request);
        return JsonMapper.shared().readTree(socket.receive().text());
    }

    @Test
    void nothingThatNobodyMayKnowIsLoggedWhoeverComesAndHowever() throws Exception {
        Queue<String> posted = new ConcurrentLinkedQueue<>();
        String good = jwt(KEY, 600);
        String expired = jwt(KEY, -600);
        String bad = jwt("another-key-of-tokens-0123456789abcdef", 600);
        String resume;
        String proof;
        // Refused, so that the log tells of it.
        try (HttpServer receiver = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> {
                    posted.add(request.rawPath());
                    return Response.of(404);
                });
                Hub hub = Hub.start(config(URI.create("http://" + receiver.endpoint() + "/" + HOOK)));
                HttpClient client = HttpClient.open()) {
            String at = "http://" + hub.endpoint();
            assertThat(client.post(at + "/login").json(Map.of("token", ADMIN)).status())
                    .isBetween(200, 303);
            assertThat(client.get(at + "/api/v1/sessions").bearer(ADMIN).status())
                    .isEqualTo(200);
            assertThat(client.get(at + "/plaintext?access_token=" + IN_URL).status())
                    .isEqualTo(200);
            assertThat(client.get(at + "/api/v1/sessions?token=" + IN_URL).status())
                    .isEqualTo(401);
            assertThat(client.get(at + "/nowhere?token=" + IN_URL).status()).isEqualTo(404);
            assertThat(client.post(at + "/login").json(Map.of("token", GUESS)).status())
                    .isGreaterThanOrEqualTo(400);
            assertThat(client.get(at + "/api/v1/stats").bearer(GUESS).status()).isEqualTo(401);
            try (WebSocket bob = socket(hub)) {
                JsonNode welcome =
                        ask(bob, "{\"id\":1,\"hello\":{\"client\":\"b\",\"auth\":{\"bearer\":\"" + good + "\"}}}");
                resume = welcome.path("welcome").path("resume").asString();
                assertThat(resume).isNotEmpty();
            }
            for (String token : List.of(bad, expired, GUESS, "a.b." + GUESS)) {
                try (WebSocket mallory = socket(hub)) {
                    String hello = "{\"id\":1,\"hello\":{\"client\":\"m\",\"auth\":{\"bearer\":\"" + token + "\"}}}";
                    assertThatThrownBy(() -> ask(mallory, hello)).isInstanceOf(SessionClosed.class);
                }
            }
            try (WebSocket ann = socket(hub)) {
                String nonce = ask(ann, "{\"id\":1,\"hello\":{\"client\":\"a\",\"auth\":{\"user\":\"ann\"}}}")
                        .path("challenge")
                        .path("nonce")
                        .asString();
                proof = Base64.getEncoder().encodeToString(mac(OF_ANN, "hawser.v1\0" + nonce + "\0ann"));
                assertThat(ask(ann, "{\"id\":2,\"auth\":{\"user\":\"ann\",\"proof\":\"" + proof + "\"}}")
                                .has("ok"))
                        .isTrue();
                await().atMost(PATIENCE).until(() -> !posted.isEmpty());
                await().atMost(PATIENCE).until(() -> logged.stream().anyMatch(line -> line.contains("not posted to")));
            }
        }
        assertThat(posted).first().isEqualTo("/" + HOOK);
        // How much else there is depends on what this process has loaded before.
        assertThat(logged)
                .as("each refused token is told of")
                .filteredOn(line -> line.startsWith("DEBUG a token is not good"))
                .hasSizeGreaterThanOrEqualTo(4);
        for (String secret : List.of(ADMIN, KEY, OF_ANN, GUESS, IN_URL, HOOK, good, bad, expired, resume, proof)) {
            assertThat(logged).as(secret).noneMatch(line -> line.contains(secret));
        }
    }
}
