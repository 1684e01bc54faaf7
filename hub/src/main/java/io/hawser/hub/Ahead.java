package io.hawser.hub;

import io.hawser.http.Response;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.channel.epoll.Epoll;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/// Does, while another thread reads the command line, what a hub needs whatever that says: the log, the native
/// libraries of the transport, JSON, random numbers. On a machine of two cores it halves a start.
///
/// It is over before a hub begins, so that no class is initialised from two sides.
///
/// Thread: safe from any.
final class Ahead {
    private final CountDownLatch logs = new CountDownLatch(1);
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
        // What fails here fails again where it is needed, and is told there.
        try {
            var _ = Epoll.isAvailable();
            var _ = Response.json(Map.of("status", "up"));
            new SecureRandom().nextBytes(new byte[1]);
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT).close();
        } catch (RuntimeException | LinkageError later) {
            LoggerFactory.getLogger(Ahead.class).debug("not ahead", later);
        }
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
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
