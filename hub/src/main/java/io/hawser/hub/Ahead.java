package io.hawser.hub;

import io.hawser.http.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.epoll.Epoll;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/// Does, while another thread reads the command line, what a hub needs whatever that says: the log, the native
/// libraries of the transport, JSON, random numbers. On a machine of two cores it halves a start.
///
/// It is over before a hub begins, so that no class is initialised from two sides. Who waits for it helps.
///
/// Thread: safe from any.
final class Ahead {
    private final CountDownLatch logs = new CountDownLatch(1);
    /// None of them needs what another does. The longest first.
    private final Queue<Runnable> tasks =
            new ConcurrentLinkedQueue<>(List.of(Ahead::transport, Ahead::json, Ahead::figures, Ahead::chance));

    private final Thread thread =
            Thread.ofPlatform().daemon().name("hawser-ahead").unstarted(this::load);

    private Ahead() {}

    static Ahead begin() {
        Ahead ahead = new Ahead();
        ahead.thread.start();
        return ahead;
    }

    private void load() {
        try {
            var _ = LoggerFactory.getILoggerFactory();
        } finally {
            logs.countDown();
        }
        work();
    }

    private void work() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            // What fails here fails again where it is needed, and is told there.
            try {
                task.run();
            } catch (RuntimeException | LinkageError later) {
                LoggerFactory.getLogger(Ahead.class).debug("not ahead", later);
            }
        }
    }

    private static void transport() {
        var _ = Epoll.isAvailable();
    }

    private static void json() {
        var _ = Response.json(Map.of("status", "up"));
    }

    private static void figures() {
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).close();
    }

    private static void chance() {
        new SecureRandom().nextBytes(new byte[1]);
    }

    /// Returns when there is a log: whoever asks for one while it is being made gets a stand-in for good.
    void awaitLog() {
        try {
            logs.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Returns when all is done.
    void await() {
        work();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
