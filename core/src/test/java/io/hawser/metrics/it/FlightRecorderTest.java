package io.hawser.metrics.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.policy.CircuitBreaker;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ListenConfig;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.HexFormat;
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
                    assertThat(event.getString("remote")).startsWith("127.0.0.1:");
                    assertThat(event.getString("version")).isEqualTo("HTTP/1.1");
                    assertThat(event.getString("method")).isEqualTo("GET");
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
        assertThat(events)
                .filteredOn(event -> name(event).equals("Breaker"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("before")).isEqualTo("CLOSED");
                    assertThat(event.getString("state")).isEqualTo("FORCED_OPEN");
                });
    }

    /// Cut off by its handler, for the reason that the server has when it waits too long.
    @Test
    void whoReadsTooSlowlyIsRecordedWithHisSession(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("events.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("SlowReader", "Connection")) recording.enable("io.hawser." + name);
            recording.start();
            try (MessagingServer server = MessagingServer.start(
                            ListenConfig.on("127.0.0.1:0"),
                            MessagingConfig.defaults(),
                            (session, message) -> session.close(CloseReason.TOO_SLOW));
                    Socket peer = new Socket(server.endpoint().host(), server.endpoint().port())) {
                peer.getOutputStream().write(HexFormat.of().parseHex("4d5347490000000f001068656c6c6f"));
                assertThat(peer.getInputStream().readAllBytes()).isNotEmpty();
            }
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        RecordedEvent slow = events.stream()
                .filter(event -> name(event).equals("SlowReader"))
                .findFirst()
                .orElseThrow();
        assertThat(slow.getString("protocol")).isEqualTo("msgi");
        assertThat(events)
                .filteredOn(event -> name(event).equals("Connection"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getString("session")).isNotEmpty().isEqualTo(slow.getString("session"));
                    assertThat(event.getString("cause")).isEqualTo("TOO_SLOW");
                    assertThat(event.getLong("messagesReceived")).isEqualTo(1);
                });
    }

    private static String name(RecordedEvent event) {
        return event.getEventType().getName().replace("io.hawser.", "");
    }
}
