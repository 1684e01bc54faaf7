package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.cluster.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import tools.jackson.databind.JsonNode;

/// A subscriber, which holds what it gets against what must come.
final class Listener extends Visitor {
    private static final long RETRY_MILLIS = 300;

    private final Map<String, Followed> followed = new LinkedHashMap<>();
    private final Map<String, LiveFollowed> live = new LinkedHashMap<>();
    private final List<String> topics = new ArrayList<>();
    private final int receiveBufferBytes;
    private final Set<String> subscribed = ConcurrentHashMap.newKeySet();
    private volatile long slowUntilNanos = System.nanoTime();

    Listener(String name, List<Endpoint> hubs, List<String> logs, Tally tally) {
        this(name, hubs, logs, List.of(), tally, 0);
    }

    /// @param receiveBufferBytes as of [Frames]
    Listener(
            String name,
            List<Endpoint> hubs,
            List<String> logs,
            List<String> liveTopics,
            Tally tally,
            int receiveBufferBytes) {
        super(name, hubs);
        this.receiveBufferBytes = receiveBufferBytes;
        for (String topic : logs) followed.put(topic, new Followed(tally));
        for (String topic : liveTopics) live.put(topic, new LiveFollowed(tally));
        topics.addAll(logs);
        topics.addAll(liveTopics);
    }

    @Override
    Frames connect(Endpoint hub) throws IOException {
        return Frames.connect(hub, receiveBufferBytes);
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
        for (String topic : topics) {
            if (!subscribed.contains(topic)) subscribe(connected, topic);
        }
    }

    private void subscribe(Frames connected, String topic) throws IOException {
        Map<String, Object> sub = new LinkedHashMap<>();
        sub.put("topic", topic);
        log(topic).flatMap(Followed::at).ifPresent(at -> sub.put("pos", map(at)));
        // The number says which topic an error is about.
        long id = 2L + topics.indexOf(topic);
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
            String topic = pub.path("topic").asString();
            LiveFollowed passing = live.get(topic);
            if (passing != null) passing.message(d.path("n").asLong());
            log(topic)
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
        } else if (message.has("gap")) {
            LiveFollowed passing = live.get(message.path("gap").path("topic").asString());
            if (passing != null) passing.gap(message.path("gap").path("n").asLong());
        } else if (message.has("err")) {
            TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            subscribe(connected, topics.get((int) message.path("id").asLong() - 2));
        }
    }

    /// Whether it has subscribed to everything.
    boolean isThere() {
        return isGreeted() && subscribed.size() == topics.size();
    }

    /// Whether it has all up to a number of each live topic, or was told that it was dropped.
    boolean hasReachedLive(Map<String, Long> reached) {
        return live.entrySet().stream()
                .allMatch(each -> each.getValue().hasReached(reached.getOrDefault(each.getKey(), 0L)));
    }

    /// Whether each of its logs is as it should be.
    boolean all(BiPredicate<String, Followed> test) {
        return isGreeted() && followed.entrySet().stream().allMatch(each -> test.test(each.getKey(), each.getValue()));
    }
}
