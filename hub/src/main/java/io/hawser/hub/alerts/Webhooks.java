package io.hawser.hub.alerts;

import io.hawser.Cancelled;
import io.hawser.config.HttpClientSettings;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.io.IoThreads;
import io.hawser.policy.PolicyContext;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts news until it is taken, as [Delivery] says.
/// What is news of one rule is posted in its order: that it is over only after that it fires has been taken,
/// or given up. Of what comes meanwhile the latest waits, and the log says what it has overtaken. So a
/// receiver that is away holds up nobody else, and has at most two for each rule.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `client`, which is opened with the first news, and `behind`.
final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);

    private final HttpClientSettings http;
    private final IoThreads io;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    /// What waits behind the news of each rule that is under way, by its name.
    private final Map<String, Optional<News>> behind = new HashMap<>();

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
        Optional<News> overtaken = Optional.empty();
        synchronized (this) {
            String rule = news.rule().name();
            if (behind.containsKey(rule)) {
                overtaken = behind.getOrDefault(rule, Optional.empty());
                behind.put(rule, Optional.of(news));
            } else if (started(news)) {
                behind.put(rule, Optional.empty());
            }
        }
        overtaken.ifPresent(old -> LOG.warn(
                "alert {}: that it {} is not posted, there is newer news",
                old.rule().name(),
                old.isFiring() ? "fires" : "is over"));
    }

    private boolean started(News first) {
        try {
            threads.execute(() -> postAll(first));
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    private void postAll(News first) {
        String rule = first.rule().name();
        for (Optional<News> next = Optional.of(first); next.isPresent(); next = next(rule)) {
            News news = next.get();
            try {
                news.rule().webhook().ifPresent(url -> post(news, url));
            } catch (Cancelled closing) {
                return;
            } catch (RuntimeException unforeseen) {
                LOG.error("alert {}: not posted", rule, unforeseen);
            }
        }
    }

    /// What is posted next; when there is nothing, nothing is under way any more.
    private synchronized Optional<News> next(String rule) {
        Optional<News> next = behind.getOrDefault(rule, Optional.empty());
        if (next.isPresent()) behind.put(rule, Optional.empty());
        else behind.remove(rule);
        return next;
    }

    private void post(News news, URI url) {
        Delivery delivery = new Delivery(client(), http.timeout(), PolicyContext.of("webhook"));
        // The host alone: the path is often a secret.
        delivery.post(url, news.toMap())
                .ifPresent(why ->
                        LOG.error("alert {}: not posted to {}: {}", news.rule().name(), url.getHost(), why));
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
