package io.hawser.hub.alerts;

import io.hawser.Cancelled;
import io.hawser.config.HttpClientSettings;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.io.IoThreads;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Posts news as JSON, as often as is configured, 1 s, 2 s, 4 s and so on apart, a minute at most, until an
/// answer below 300.
/// What is news of one rule is posted in its order: that it is over only after that it fires has been taken,
/// or given up. Of what comes meanwhile the latest waits, and the log says what it has overtaken. So a
/// receiver that is away holds up nobody else, and has at most two for each rule.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `client`, which is opened with the first news, and `behind`.
final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int LEAST_FAILURE = 300;

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
        Duration pause = FIRST_PAUSE;
        String why = "";
        for (int attempt = 1; attempt <= http.retryAttempts(); attempt++) {
            try {
                int status = client().post(url.toString())
                        .json(news.toMap())
                        .timeout(http.timeout())
                        .status();
                if (status < LEAST_FAILURE) return;
                why = "status " + status;
            } catch (RuntimeException e) {
                why = e.toString();
            }
            if (Thread.currentThread().isInterrupted()) return;
            if (attempt < http.retryAttempts() && !slept(pause)) return;
            pause = pause.compareTo(LONGEST_PAUSE.dividedBy(2)) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        // The host alone: the path is often a secret.
        LOG.error(
                "alert {}: not posted to {} in {} attempts: {}",
                news.rule().name(),
                url.getHost(),
                http.retryAttempts(),
                why);
    }

    private static boolean slept(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
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
