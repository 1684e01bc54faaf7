package io.hawser.internal.http.cache;

import io.hawser.Deadline;
import io.hawser.TimeSource;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Validations that nobody waits for: one for a key at a time, so many in all, so long each. One that finds no place
/// is left out; a later request brings the next.
///
/// Thread: safe from any.
final class Background {
    private static final int MAX = 64;
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final TimeSource time;
    private final Set<String> keys = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Background(TimeSource time) {
        this.time = time;
    }

    void run(String key, Callable<?> work) {
        if (closed || keys.size() >= MAX || !keys.add(key)) return;
        Thread thread = Thread.ofVirtual().name("hawser-cache").unstarted(() -> {
            try {
                Deadline.after(LIMIT, time).call(work::call);
            } catch (Exception failure) {
                LOG.debug("A stored answer could not be validated: {}", failure.toString());
            } finally {
                keys.remove(key);
                threads.remove(Thread.currentThread());
            }
        });
        threads.add(thread);
        thread.start();
        if (closed) thread.interrupt();
    }

    /// Interrupts what runs, and waits for its end: not for long, as an interrupt ends whatever it waits for.
    void close() {
        closed = true;
        for (Thread thread : threads) {
            thread.interrupt();
            try {
                var _ = thread.join(Duration.ofSeconds(5));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
