package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// Publishes to one topic, one message after another: the next when it knows that the one before is published.
final class Publisher extends Visitor {
    private static final long RETRY_MILLIS = 200;

    private final String topic;
    private final long pauseNanos;
    private final String filling;
    private long number = 1;
    private long firstTriedNanos = System.nanoTime();
    private volatile long acknowledged;

    /// @param fillingBytes how long a payload is, about
    Publisher(String topic, List<Endpoint> hubs, long pauseNanos, int fillingBytes) {
        super("publisher of " + topic, hubs);
        this.topic = topic;
        this.pauseNanos = pauseNanos;
        this.filling = "x".repeat(fillingBytes);
    }

    String topic() {
        return topic;
    }

    /// Up to which number all are published.
    long acknowledged() {
        return acknowledged;
    }

    @Override
    Map<String, Object> positions() {
        return Map.of();
    }

    @Override
    void greeted(Frames connected, boolean isResumed) throws IOException {
        publish(connected);
    }

    private void publish(Frames connected) throws IOException {
        Map<String, Object> payload = Map.of("n", number, "at", firstTriedNanos, "filling", filling);
        connected.data(Map.of("id", number, "pub", Map.of("topic", topic, "d", payload, "mid", "m" + number)));
    }

    @Override
    void said(Frames connected, JsonNode message) throws IOException, InterruptedException {
        if (message.path("id").asLong() != number) return;
        if (message.has("pub")) {
            acknowledged = number++;
            TimeUnit.NANOSECONDS.sleep(pauseNanos);
            firstTriedNanos = System.nanoTime();
            publish(connected);
        } else if (message.has("err")) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            publish(connected);
        }
    }
}
