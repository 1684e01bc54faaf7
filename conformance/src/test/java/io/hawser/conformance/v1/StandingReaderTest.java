package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A reader that stands still, acknowledges what it has not seen, and is sent the largest message that there
/// is, stops nothing: not its own messages, and not what the hub does for the others.
@Timeout(120)
final class StandingReaderTest {
    private static final int LIMIT = 1 << 20;
    private static final int QUEUE = 256 << 10;
    private static final String PIECE = "x".repeat(60_000);
    private static final long ANY = (1L << 53) - 1;
    private static final JsonMapper JSON = new JsonMapper();

    private Hub hub;
    private Client sender;

    @BeforeEach
    void start() throws IOException {
        SessionConfig session = SessionConfig.defaults().withHelloTimeout(Duration.ofSeconds(1));
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withMessaging(MessagingConfig.defaults().withSession(session)));
        sender = Wire.WEBSOCKET_JSON.connect(hub.endpoint());
        sender.greet("sender");
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        hub.close();
    }

    private JsonNode send(String sid, String text) throws IOException {
        return sender.ask(request(sid, text));
    }

    private static Map<String, ?> request(String sid, String text) {
        return Map.of("id", 5, "send", Map.of("to", sid, "d", text));
    }

    /// A request of the limit, to the byte.
    private int sendLargest(String sid) throws IOException {
        int around = JSON.writeValueAsBytes(request(sid, "")).length;
        return send(sid, "x".repeat(LIMIT - around)).path("err").path("code").asInt();
    }

    @Test
    void itStopsNothing() throws IOException {
        String token;
        String sid;
        int sent = 0;
        try (Client reader = Wire.MSGI.connect(hub.endpoint())) {
            JsonNode welcome = reader.greet("reader");
            sid = welcome.path("sid").asString();
            token = welcome.path("resume").asString();
            Session session = hub.sessions().find(sid).orElseThrow();
            while (session.stats().queuedBytes() < QUEUE) {
                if (send(sid, PIECE).has("ok")) sent++;
                reader.say(Map.of("ack", Map.of("s", sent)));
            }
            reader.say(Map.of("ack", Map.of("s", ANY)));
            if (send(sid, PIECE).has("ok")) sent++;
            assertThat(sendLargest(sid)).isIn(413, 429);

            for (int s = 1; s <= sent; s++) {
                assertThat(reader.read().path("msg").path("s").asInt()).isEqualTo(s);
                reader.say(Map.of("ack", Map.of("s", s)));
            }
            assertThat(reader.ask(Map.of()).isEmpty()).isTrue();
            assertThat(sendLargest(sid)).isEqualTo(413);
            assertThat(send(sid, "later").has("ok")).isTrue();
            assertThat(reader.read().path("msg").path("s").asInt()).isEqualTo(sent + 1);
        }
        try (Client silent = Wire.WEBSOCKET_JSON.connect(hub.endpoint())) {
            silent.expectGoodbye(4010);
        }
        try (Client back = Wire.MSGI.connect(hub.endpoint())) {
            JsonNode welcome = back.hello(Map.of("resume", token, "s", sent));
            assertThat(welcome.path("resumed").asBoolean()).isTrue();
            assertThat(back.read().path("msg").path("d").asString()).isEqualTo("later");
        }
    }
}
