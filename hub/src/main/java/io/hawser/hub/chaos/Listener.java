package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.cluster.Position;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/// A subscriber, which holds what it gets against what must come.
final class Listener extends Visitor {
    private static final long RETRY_MILLIS = 300;

    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private final Set<String> subscribed = new HashSet<>();
    private volatile long slowUntilNanos = System.nanoTime();

    Listener(String name, List<Endpoint> hubs, List<String> topics, Tally tally) {
        super(name, hubs);
        for (String topic : topics) followed.put(topic, new Followed(tally));
    }

    /// Reads nothing for a while.
    void standStill(long nanos) {
        slowUntilNanos = System.nanoTime() + nanos;
    }

    @Override
    void beforeReading() throws InterruptedException {
        long left = slowUntilNanos - System.nanoTime();
        if (left > 0) TimeUnit.NANOSECONDS.sleep(left);
    }

    @Override
    Map<String, Object> positions() {
        Map<String, Object> positions = new LinkedHashMap<>();
        followed.forEach((topic, log) -> log.at().ifPresent(at -> positions.put(topic, map(at))));
        return positions;
    }

    @Override
    void greeted(Frames connected, boolean isResumed) throws IOException {
        if (!isResumed) subscribed.clear();
        for (String topic : followed.keySet()) {
            if (!subscribed.contains(topic)) subscribe(connected, topic);
        }
    }

    private void subscribe(Frames connected, String topic) throws IOException {
        Map<String, Object> sub = new LinkedHashMap<>();
        sub.put("topic", topic);
        log(topic).flatMap(Followed::at).ifPresent(at -> sub.put("pos", map(at)));
        // The number says which topic an error is about.
        long id = 2L + List.copyOf(followed.keySet()).indexOf(topic);
        connected.control(Map.of("id", id, "sub", sub));
    }

    private Optional<Followed> log(String topic) {
        return Optional.ofNullable(followed.get(topic));
    }

    @Override
    void said(Frames connected, JsonNode message) throws IOException, InterruptedException {
        if (message.has("pub")) {
            JsonNode pub = message.path("pub");
            JsonNode d = pub.path("d");
            log(pub.path("topic").asString())
                    .ifPresent(log -> log.message(
                            pub.path("o").asLong(),
                            pub.path("g").asString(),
                            d.path("n").asLong(),
                            d.path("at").asLong()));
        } else if (message.has("sub")) {
            JsonNode sub = message.path("sub");
            String topic = sub.path("topic").asString();
            subscribed.add(topic);
            Position head = position(sub);
            log(topic).filter(log -> log.at().isEmpty()).ifPresent(log -> log.begins(head));
        } else if (message.has("resync")) {
            JsonNode resync = message.path("resync");
            log(resync.path("topic").asString()).ifPresent(log -> log.resync(position(resync)));
        } else if (message.has("err")) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            subscribe(
                    connected,
                    List.copyOf(followed.keySet()).get((int) message.path("id").asLong() - 2));
        }
    }

    /// Whether each of its topics is as it should be.
    boolean all(BiPredicate<String, Followed> test) {
        return isGreeted() && followed.entrySet().stream().allMatch(each -> test.test(each.getKey(), each.getValue()));
    }
}
