package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;

/// How the sessions of a new hub become more, by its own count and clock.
///
/// Thread: safe from any.
final class Arrivals implements AutoCloseable {
    /// What there was at one moment.
    record Look(long atMillis, long sessions) {}

    private final List<Look> looks = new CopyOnWriteArrayList<>();
    private final Polling polling;

    /// Begins with a hub that is ready just now, so that none of its sessions is overlooked.
    Arrivals(Endpoint hub) {
        looks.add(new Look(System.currentTimeMillis(), 0));
        this.polling = new Polling(hub, "/api/v1/stats", this::look);
    }

    private void look(JsonNode stats) {
        looks.add(new Look(stats.path("at").asLong(), stats.path("sessions").asLong()));
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
        polling.close();
    }
}
