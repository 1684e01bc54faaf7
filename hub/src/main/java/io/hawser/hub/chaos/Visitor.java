package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.cluster.Position;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A client that comes to any hub there is, and comes back after whatever happens: with its session if that
/// can be, within half a second, at random.
///
/// Thread: a virtual one of its own; the others from any.
abstract sealed class Visitor implements AutoCloseable permits Listener, Publisher {
    private static final long BACK_WITHIN_MILLIS = 500;

    private final String name;
    private final List<Endpoint> hubs;
    private final Thread thread;
    private volatile @Nullable Frames frames;
    private volatile boolean isClosed;
    private volatile boolean isGreeted;
    private volatile String sid = "";
    private String token = "";

    Visitor(String name, List<Endpoint> hubs) {
        this.name = name;
        this.hubs = List.copyOf(hubs);
        this.thread = Thread.ofVirtual().name("chaos-" + name).unstarted(this::live);
    }

    void start() {
        thread.start();
    }

    boolean isGreeted() {
        return isGreeted;
    }

    private void live() {
        try {
            while (!isClosed) {
                try (Frames connected = connect(any())) {
                    frames = connected;
                    visit(connected);
                } catch (IOException e) {
                    // On to the next.
                }
                isGreeted = false;
                TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(BACK_WITHIN_MILLIS));
            }
        } catch (InterruptedException e) {
            // It is closed.
        }
    }

    Frames connect(Endpoint hub) throws IOException {
        return Frames.connect(hub);
    }

    /// The id of its session; empty before it has one.
    String sid() {
        return sid;
    }

    private Endpoint any() {
        return hubs.get(ThreadLocalRandom.current().nextInt(hubs.size()));
    }

    private void visit(Frames connected) throws IOException, InterruptedException {
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("client", name);
        if (!token.isEmpty()) {
            hello.put("resume", token);
            hello.put("pos", positions());
        }
        connected.control(Map.of("id", 1L, "hello", hello));
        JsonNode welcome = connected.read().path("welcome");
        token = welcome.path("resume").asString();
        sid = welcome.path("sid").asString();
        isGreeted = true;
        greeted(connected, welcome.path("resumed").asBoolean());
        while (true) {
            beforeReading();
            said(connected, connected.read());
        }
    }

    /// Where it is in the topics that it follows.
    abstract Map<String, Object> positions();

    /// It is there.
    ///
    /// @param isResumed whether its session is the one before
    abstract void greeted(Frames connected, boolean isResumed) throws IOException;

    void beforeReading() throws InterruptedException {}

    abstract void said(Frames connected, JsonNode message) throws IOException, InterruptedException;

    static Map<String, Object> map(Position at) {
        return Map.of("e", at.epoch(), "o", at.offset(), "g", at.tag());
    }

    static Position position(JsonNode map) {
        return new Position(
                map.path("e").asString(), map.path("o").asLong(), map.path("g").asString());
    }

    /// Cuts its connection.
    void drop() {
        Frames now = frames;
        if (now != null) now.close();
    }

    @Override
    public void close() {
        isClosed = true;
        thread.interrupt();
        drop();
    }
}
