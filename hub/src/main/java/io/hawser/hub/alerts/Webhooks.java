package io.hawser.hub.alerts;

import io.hawser.config.HttpClientSettings;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.io.IoThreads;
import io.hawser.policy.PolicyContext;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts news until it is taken, as [Delivery] says. What is news of one rule is posted in its order: that
/// it is over only after that it fires has been taken, or given up. At most 16 are under way; more are left
/// out, and the log says so.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `client`, which is opened with the first news.
final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int MOST = 16;

    private final HttpClientSettings http;
    private final IoThreads io;
    private final Semaphore places = new Semaphore(MOST);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /// The last one under way of each rule, by its name.
    private final ConcurrentHashMap<String, CompletableFuture<Void>> last = new ConcurrentHashMap<>();

    private @Nullable HttpClient client;

    Webhooks(HttpClientSettings http, IoThreads io) {
        this.http = http;
        this.io = io;
    }

    private synchronized HttpClient client() {
        HttpClient known = client;
        if (known == null) {
            known = HttpClient.open(http.applyTo(HttpClientConfig.defaults()), io);
            client = known;
        }
        return known;
    }

    /// Posts `news` to the webhook of its rule, on a thread of its own.
    void post(News news) {
        String rule = news.rule().name();
        if (!places.tryAcquire()) {
            LOG.warn("alert {}: not posted, {} others are under way", rule, MOST);
            return;
        }
        CompletableFuture<Void> posted = last.compute(rule, (name, before) -> {
            CompletableFuture<Void> free = before == null ? CompletableFuture.completedFuture(null) : before;
            return free.exceptionally(failure -> null)
                    .thenRunAsync(() -> news.rule().webhook().ifPresent(url -> post(news, url)), threads);
        });
        var _ = posted.whenComplete((done, failure) -> {
            places.release();
            last.remove(rule, posted);
        });
    }

    private void post(News news, URI url) {
        Delivery delivery = new Delivery(client(), http.timeout(), PolicyContext.of("webhook"));
        // The host alone: the path is often a secret.
        delivery.post(url, news.toMap())
                .ifPresent(why -> LOG.error(
                        "alert {}: not posted to {}: {}", news.rule().name(), url.getHost(), why));
    }

    /// What is under way is given up.
    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
        synchronized (this) {
            if (client != null) client.close();
        }
    }
}
