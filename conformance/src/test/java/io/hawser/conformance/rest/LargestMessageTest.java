package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicRules;
import io.hawser.conformance.v1.Client;
import io.hawser.conformance.v1.Wire;
import io.hawser.hub.ClusterConfig;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.SessionConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Messages about as large as may be, from every transport to every other: all get one, or its sender is
/// refused and nobody does; and what is sent after it comes.
@Timeout(300)
final class LargestMessageTest {
    private static final int LIMIT = 8 << 10;
    /// More than the hub adds to any of them.
    private static final int MARGIN = 192;

    private static final int STEP = 8;
    private static final List<String> TOPICS = List.of("room.1", "live.1");
    private static final String LATER = "later";
    private static final ObjectMapper JSON = new JsonMapper();
    private static final ObjectMapper CBOR = new CBORMapper();

    private final Map<Wire, Client> senders = new EnumMap<>(Wire.class);
    private final Map<Wire, Client> readers = new EnumMap<>(Wire.class);
    private final Map<Wire, String> sids = new EnumMap<>(Wire.class);
    private final List<EventPeer> streams = new ArrayList<>();
    private Hub hub;
    private Http http;
    private int taken;
    private int refused;

    @BeforeEach
    void start() throws IOException {
        SessionConfig session = SessionConfig.defaults().withHelloTimeout(Duration.ofSeconds(1));
        hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0"))
                .withMessaging(
                        MessagingConfig.defaults().withMaxMessageBytes(LIMIT).withSession(session))
                .withCluster(ClusterConfig.defaults()
                        .withTopics(TopicRules.defaults().with("live.", TopicConfig.live()))));
        http = new Http(hub.endpoint());
        for (Wire wire : Wire.values()) {
            Client sender = wire.connect(hub.endpoint());
            senders.put(wire, sender);
            sender.greet("sender");
            Client reader = wire.connect(hub.endpoint());
            readers.put(wire, reader);
            sids.put(wire, reader.greet("reader").path("sid").asString());
            for (String topic : TOPICS) reader.subscribe(topic);
        }
        for (String topic : TOPICS) {
            EventPeer stream = EventPeer.open(hub.endpoint(), topic, "");
            streams.add(stream);
            assertThat(stream.read().type()).isEqualTo("subscribed");
        }
    }

    @AfterEach
    void stop() throws IOException {
        for (Client each : senders.values()) each.close();
        for (Client each : readers.values()) each.close();
        for (EventPeer each : streams) each.close();
        hub.close();
    }

    /// Some were taken and some refused, the sessions are looked after as before, and everyone is still there.
    private void allIsWell() throws IOException {
        assertThat(taken).isPositive();
        assertThat(refused).isPositive();
        try (Client silent = Wire.WEBSOCKET_CBOR.connect(hub.endpoint())) {
            silent.expectGoodbye(4010);
        }
        for (Client each : readers.values())
            assertThat(each.ask(Map.of()).isEmpty()).isTrue();
    }

    private static JsonNode ask(Client sender, Map<String, ?> request) throws IOException {
        sender.say(request);
        JsonNode answer = sender.read();
        // Its own message to all may come first.
        while (!answer.has("id")) answer = sender.read();
        return answer;
    }

    private static Map<String, ?> sized(Wire wire, int size, Function<String, Map<String, ?>> request) {
        ObjectMapper mapper = wire == Wire.WEBSOCKET_JSON ? JSON : CBOR;
        int chars = size - mapper.writeValueAsBytes(request.apply("")).length;
        while (mapper.writeValueAsBytes(request.apply("x".repeat(chars))).length > size) chars--;
        return request.apply("x".repeat(chars));
    }

    private boolean isTaken(JsonNode answer) {
        boolean isTaken = !answer.has("err");
        if (isTaken) taken++;
        else refused++;
        if (!isTaken)
            assertThat(answer.path("err").path("code").asInt())
                    .as(answer.toString())
                    .isEqualTo(413);
        return isTaken;
    }

    private boolean isTaken(Http.Answer answer) {
        boolean isTaken = answer.status() < 300;
        if (isTaken) taken++;
        else refused++;
        if (!isTaken) answer.is(413);
        return isTaken;
    }

    /// Reads up to what was sent later.
    private static void expect(Client reader, boolean isExpected, String what) throws IOException {
        List<JsonNode> before = new ArrayList<>();
        while (true) {
            JsonNode next = reader.read();
            JsonNode message = next.has("pub") ? next.path("pub") : next.path("msg");
            long s = message.path("s").asLong(0);
            if (s > 0) reader.say(Map.of("ack", Map.of("s", s)));
            if (message.path("d").asString("").equals(LATER)) break;
            before.add(message);
        }
        assertThat(before).as(what).hasSize(isExpected ? 1 : 0);
        if (isExpected)
            assertThat(before.getFirst().path("d").asString()).as(what).matches("x+");
    }

    private void expect(String topic, boolean isExpected, String what) throws IOException {
        for (Client reader : readers.values()) expect(reader, isExpected, what);
        EventPeer stream = streams.get(TOPICS.indexOf(topic));
        EventPeer.Event event = stream.read();
        if (isExpected) {
            assertThat(event.json().path("d").asString()).as(what).matches("x+");
            event = stream.read();
        }
        assertThat(event.json().path("d").asString()).as(what).isEqualTo(LATER);
    }

    private static Map<String, ?> pub(String topic, String text) {
        return Map.of("id", 4, "pub", Map.of("topic", topic, "d", text));
    }

    private static Map<String, ?> send(String sid, String text) {
        return Map.of("id", 5, "send", Map.of("to", sid, "d", text));
    }

    private static Map<String, ?> bcast(String text) {
        return Map.of("id", 6, "bcast", Map.of("d", text));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPublishedReachesAllOrNobody(Wire wire) throws IOException {
        Client sender = senders.get(wire);
        for (String topic : TOPICS) {
            for (int size = LIMIT - MARGIN; size <= LIMIT; size += STEP) {
                String what = size + " bytes to " + topic;
                boolean isTaken = isTaken(ask(sender, sized(wire, size, text -> pub(topic, text))));
                assertThat(ask(sender, pub(topic, LATER)).has("pub")).as(what).isTrue();
                expect(topic, isTaken, what);
            }
        }
        allIsWell();
    }

    @ParameterizedTest
    @EnumSource
    void aDirectMessageReachesItsSessionOrItsSenderIsRefused(Wire wire) throws IOException {
        Client sender = senders.get(wire);
        for (Wire to : Wire.values()) {
            String sid = sids.get(to);
            for (int size = LIMIT - MARGIN; size <= LIMIT; size += STEP) {
                String what = size + " bytes to " + to;
                boolean isTaken = isTaken(ask(sender, sized(wire, size, text -> send(sid, text))));
                assertThat(ask(sender, send(sid, LATER)).has("ok")).as(what).isTrue();
                expect(readers.get(to), isTaken, what);
            }
        }
        allIsWell();
    }

    @ParameterizedTest
    @EnumSource
    void aMessageToAllReachesAllOrNobody(Wire wire) throws IOException {
        Client sender = senders.get(wire);
        for (int size = LIMIT - MARGIN; size <= LIMIT; size += STEP) {
            String what = size + " bytes to all";
            JsonNode answer = ask(sender, sized(wire, size, LargestMessageTest::bcast));
            boolean isTaken = isTaken(answer);
            if (isTaken)
                assertThat(answer.path("ok").path("n").asInt()).as(what).isEqualTo(2 * readers.size());
            assertThat(ask(sender, bcast(LATER)).has("ok")).as(what).isTrue();
            for (Client reader : readers.values()) expect(reader, isTaken, what);
        }
        allIsWell();
    }

    @Test
    void whatIsSentOverHttpReachesAllOrNobody() throws IOException {
        for (int size = LIMIT - MARGIN; size <= LIMIT; size += STEP) {
            String body = "\"" + "x".repeat(size - 2) + "\"";
            String later = "\"" + LATER + "\"";
            for (String topic : TOPICS) {
                boolean isTaken = isTaken(http.post("/api/v1/topics/" + topic, body));
                http.post("/api/v1/topics/" + topic, later).is(200);
                expect(topic, isTaken, size + " bytes to " + topic);
            }
            for (Wire to : Wire.values()) {
                boolean isTaken = isTaken(http.post("/api/v1/sessions/" + sids.get(to), body));
                http.post("/api/v1/sessions/" + sids.get(to), later).is(204);
                expect(readers.get(to), isTaken, size + " bytes to " + to);
            }
            boolean isTaken = isTaken(http.post("/api/v1/broadcast", body));
            http.post("/api/v1/broadcast", later).is(200);
            for (Client reader : readers.values()) expect(reader, isTaken, size + " bytes to all");
        }
        allIsWell();
    }
}
