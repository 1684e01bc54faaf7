package io.hawser.conformance.soak;

import io.hawser.cluster.Position;
import io.hawser.http.EventSource;
import io.hawser.http.HttpClient;
import io.hawser.http.Request;
import io.hawser.http.ServerSentEvent;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads one topic as server-sent events for a while, goes, and comes back to where it was.
final class EventsAct implements Act {
    private static final int LONGEST_MILLIS = 30_000;
    private static final JsonMapper JSON = new JsonMapper();

    private final String topic;
    private final Course course;
    private final Supplier<HttpClient> open;
    private final Counts counts;
    private String lastId = "";

    EventsAct(String topic, Course course, Supplier<HttpClient> open, Counts counts) {
        this.topic = topic;
        this.course = course;
        this.open = open;
        this.counts = counts;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public void once(SplittableRandom random) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_MILLIS));
        Object turn = course.take();
        try (HttpClient client = open.get()) {
            counts.add("clients-opened");
            Request request = client.get("/events").query("topic", topic).request();
            if (!lastId.isEmpty()) request = request.withHeader("Last-Event-ID", lastId);
            try (EventSource events = EventSource.open(client, request)) {
                for (ServerSentEvent event : events) {
                    take(turn, event);
                    if (!event.id().isEmpty()) lastId = event.id();
                    if (System.nanoTime() - end > 0) return;
                }
            }
        }
    }

    private void take(Object turn, ServerSentEvent event) {
        switch (event.event()) {
            case "", "message" -> {
                JsonNode message = JSON.readTree(event.data());
                course.message(turn, Position.NONE, message.path("d").asString(""));
            }
            case "resync" -> course.told(turn, Position.NONE);
            default -> counts.add("events." + event.event());
        }
    }
}
