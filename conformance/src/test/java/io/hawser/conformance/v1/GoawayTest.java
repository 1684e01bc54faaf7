package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// A hub that goes down.
@Timeout(120)
final class GoawayTest {
    private static final int CLIENTS = 20;
    private static final int REQUESTS = 300;

    private static Hub hub() {
        return Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")));
    }

    @ParameterizedTest
    @EnumSource
    void everyoneIsToldWhenToComeBackAndNotAllAtTheSameTime(Wire wire) throws Exception {
        Hub hub = hub();
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(wire.connect(hub.endpoint()));
                clients.getLast().greet("c" + i);
            }
            Thread draining = Thread.ofVirtual().start(() -> hub.drain(Duration.ofSeconds(30)));
            Set<Integer> pauses = new HashSet<>();
            for (Client client : clients) {
                JsonNode goaway = client.read().path("goaway");
                assertThat(goaway.path("code").asInt()).isEqualTo(4501);
                assertThat(goaway.path("retry").asInt()).isBetween(0, 8000);
                pauses.add(goaway.path("retry").asInt());
                client.expectGoodbye(4501);
            }
            assertThat(pauses).hasSizeGreaterThan(CLIENTS / 2);
            draining.join();
        } finally {
            for (Client client : clients) client.close();
            hub.close();
        }
    }

    /// What was sent before the hub said goodbye is answered, as far as the hub has read it; of what
    /// it has not read the sender is told by the goodbye.
    @ParameterizedTest
    @EnumSource
    void whatTheHubHasReadIsAnsweredBeforeItsGoodbye(Wire wire) throws Exception {
        Hub hub = hub();
        try (Client client = wire.connect(hub.endpoint());
                Client reader = wire.connect(hub.endpoint())) {
            client.greet("c");
            reader.greet("r");
            reader.subscribe("t");
            Thread draining = Thread.ofVirtual().unstarted(() -> hub.drain(Duration.ofSeconds(30)));
            for (int i = 0; i < REQUESTS; i++) {
                if (i == REQUESTS / 2) draining.start();
                try {
                    client.say(Map.of("id", i, "pub", Map.of("topic", "t", "d", i)));
                } catch (IOException gone) {
                    break;
                }
            }
            List<Integer> answered = answered(client);
            List<Integer> published = published(reader);
            assertThat(answered).isNotEmpty().containsExactlyElementsOf(firstOf(answered.size()));
            assertThat(published).containsExactlyElementsOf(firstOf(published.size()));
            draining.join();
        } finally {
            hub.close();
        }
    }

    private static List<Integer> firstOf(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    private static List<Integer> answered(Client client) {
        List<Integer> ids = new ArrayList<>();
        for (JsonNode next = next(client); next != null; next = next(client)) {
            if (next.has("id")) ids.add(next.path("id").asInt());
        }
        return ids;
    }

    private static List<Integer> published(Client reader) {
        List<Integer> values = new ArrayList<>();
        for (JsonNode next = next(reader); next != null; next = next(reader)) {
            if (next.has("pub")) values.add(next.path("pub").path("d").asInt());
        }
        return values;
    }

    /// @return null at the goodbye, which is no message
    private static @Nullable JsonNode next(Client client) {
        try {
            return client.read();
        } catch (IOException | AssertionError goodbye) {
            return null;
        }
    }
}
