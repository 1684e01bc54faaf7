package io.hawser.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.policy.CircuitBreaker;
import io.hawser.tcp.ListenConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightRecorderTest {
    @Test
    void requestsConnectionsAndBreakersAreRecorded(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("Request", "Connection", "Breaker")) recording.enable("io.hawser." + name);
            recording.start();
            try (HttpServer server = HttpServer.start(
                    ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> Response.of(204))) {
                URI at = URI.create("http://" + server.endpoint() + "/a?secret=1");
                assertThat(at.toURL().openStream().readAllBytes()).isEmpty();
            }
            CircuitBreaker.defaults().forceOpen();
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        assertThat(events)
                .filteredOn(event -> name(event).equals("Request"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("path")).isEqualTo("/a");
                    assertThat(event.getInt("status")).isEqualTo(204);
                });
        assertThat(events)
                .filteredOn(event -> name(event).equals("Connection"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getLong("bytesReceived")).isPositive();
                    assertThat(event.getString("remote")).startsWith("127.0.0.1:");
                });
        assertThat(events).filteredOn(event -> name(event).equals("Breaker")).isNotEmpty();
    }

    private static String name(RecordedEvent event) {
        return event.getEventType().getName().replace("io.hawser.", "");
    }
}
