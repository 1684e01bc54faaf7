package io.hawser.hub.chaos;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Asks a hub for the same again and again, some forty times a second.
///
/// Thread: a virtual one of its own, which gives what is answered to its listener.
final class Polling implements AutoCloseable {
    private static final long LOOK_MILLIS = 25;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client;
    private final Thread thread;

    Polling(Endpoint hub, String path, Consumer<JsonNode> listener) {
        this.client = HttpClient.open(HttpClientConfig.to("http://" + hub));
        this.thread = Thread.ofVirtual().name("chaos-polling").start(() -> poll(path, listener));
    }

    private void poll(String path, Consumer<JsonNode> listener) {
        try {
            while (true) {
                try {
                    listener.accept(Deadline.within(
                            PATIENCE, () -> client.get(path).send().body().as(JsonNode.class)));
                } catch (HawserException busy) {
                    // What it would have said, the next answer says.
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
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
