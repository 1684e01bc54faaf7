package io.hawser.hub.chaos;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/// How the sessions of a new hub become more, by its own count and clock.
///
/// Thread: a virtual one of its own asks; the others from any.
final class Arrivals implements AutoCloseable {
    private static final long LOOK_MILLIS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// What there was at one moment.
    record Look(long atMillis, long sessions) {}

    private final HttpClient client;
    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final Thread thread;

    /// Begins with a hub that is ready just now, so that none of its sessions is overlooked.
    Arrivals(Endpoint hub) {
        this.client = HttpClient.open(HttpClientConfig.to("http://" + hub));
        looks.add(new Look(System.currentTimeMillis(), 0));
        this.thread = Thread.ofVirtual().name("chaos-arrivals").start(this::look);
    }

    private void look() {
        try {
            while (true) {
                try {
                    Deadline.within(PATIENCE, () -> looks.add(asked()));
                } catch (HawserException busy) {
                    // What it would have said, the next answer says.
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    private Look asked() {
        JsonNode stats = client.get("/api/v1/stats").send().body().as(JsonNode.class);
        return new Look(stats.path("at").asLong(), stats.path("sessions").asLong());
    }

    long now() {
        return looks.getLast().sessions();
    }

    /// The most that came within any span of so many milliseconds.
    long most(long millis) {
        return most(looks, millis);
    }

    static long most(List<Look> looks, long millis) {
        long most = 0;
        int end = 0;
        for (Look from : looks) {
            while (end < looks.size() - 1 && looks.get(end).atMillis() - from.atMillis() < millis) end++;
            Look to = looks.get(end);
            // Looks are not exactly so far apart.
            long apart = Math.max(millis, to.atMillis() - from.atMillis());
            most = Math.max(most, (to.sessions() - from.sessions()) * millis / apart);
        }
        return most;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
