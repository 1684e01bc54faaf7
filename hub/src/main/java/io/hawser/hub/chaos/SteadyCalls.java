package io.hawser.hub.chaos;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpPoolConfig;
import io.hawser.http.Response;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/// Calls at a steady rate, whatever becomes of those before, without any policy of their own: what the
/// caller of a gateway sees.
///
/// Thread: virtual ones of its own.
final class SteadyCalls implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// One that has ended.
    ///
    /// @param begunNanos when it was due, so that a late start counts as waiting
    record Ended(long begunNanos, long nanos, boolean isGood) {}

    private final HttpClient client;
    private final String path;
    private final long pauseNanos;
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    /// By when they were due.
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    private final Thread pacing;
    private volatile long nextNanos;
    private volatile boolean isOver;

    private SteadyCalls(HttpClient client, String path, int rate) {
        this.client = client;
        this.path = path;
        this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / rate;
        this.nextNanos = System.nanoTime();
        this.pacing = Thread.ofVirtual().name("chaos-calls").start(this::pace);
    }

    static SteadyCalls start(Endpoint gateway, String path, int rate) {
        HttpPoolConfig many = HttpPoolConfig.defaults().withMaxPerOrigin(1024).withMaxTotal(1024);
        HttpClient client =
                HttpClient.open(HttpClientConfig.to("http://" + gateway).withPool(many));
        return new SteadyCalls(client, path, rate);
    }

    private void pace() {
        long due = nextNanos;
        while (!isOver) {
            long begun = due;
            underWay.add(begun);
            Thread.ofVirtual().start(() -> call(begun));
            due += pauseNanos;
            nextNanos = due;
            try {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void call(long begun) {
        boolean isGood = false;
        try {
            isGood = Deadline.within(PATIENCE, () -> {
                Response response = client.get(path).send();
                String body = response.body().text();
                return response.status() == 200 && !body.isEmpty();
            });
        } catch (HawserException failure) {
            isGood = false;
        } finally {
            ended.add(new Ended(begun, System.nanoTime() - begun, isGood));
            underWay.remove(begun);
        }
    }

    /// Those that were due since then and have ended.
    List<Ended> since(long nanos) {
        return ended.stream().filter(call -> call.begunNanos() - nanos >= 0).toList();
    }

    /// Those that were due between two moments, once all of them have ended.
    List<Ended> endedOf(long since, long until) throws InterruptedException {
        while (nextNanos - until < 0 || underWay.stream().anyMatch(begun -> begun - until < 0)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return since(since).stream()
                .filter(call -> call.begunNanos() - until < 0)
                .toList();
    }

    int underWay() {
        return underWay.size();
    }

    /// Forgets those that have ended.
    void forget() {
        ended.clear();
    }

    @Override
    public void close() {
        isOver = true;
        try {
            pacing.join();
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (!underWay.isEmpty() && System.nanoTime() - end < 0) TimeUnit.MILLISECONDS.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // what is under way is cut then
        }
        client.close();
    }
}
