package io.hawser.hub.access;

import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import io.hawser.http.Status;
import java.net.URI;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys that an issuer publishes, fetched when a token names one that is not known, at most every
/// 10 s, and every 5 minutes, so that a key that is withdrawn is forgotten. Where the issuer cannot be
/// reached, the keys before stay.
///
/// Thread: safe from any; only who waits for a fetch waits.
///
/// Lock: this monitor guards all fields; nothing is fetched while it is held.
final class KeySetUrl {
    private static final Logger LOG = LoggerFactory.getLogger(KeySetUrl.class);
    private static final Duration EAGER = Duration.ofSeconds(10);
    private static final Duration OLD = Duration.ofMinutes(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_BYTES = 1 << 20;

    private final URI url;
    private List<JsonWebKey> known = List.of();
    private long fetchedNanos;
    private @Nullable CompletableFuture<Void> fetching;

    KeySetUrl(URI url) {
        this.url = url;
        var _ = fetch();
    }

    /// Those of that `kid`, or all.
    synchronized List<Key> keys(@Nullable String id) {
        if (isOlderThan(OLD)) {
            var _ = fetch();
        }
        return known.stream()
                .filter(key -> id == null || key.getKeyId() == null || id.equals(key.getKeyId()))
                .map(JsonWebKey::getKey)
                .toList();
    }

    /// Fetches them, unless they are new; done when what is under way is.
    synchronized CompletableFuture<Void> refresh() {
        CompletableFuture<Void> underWay = fetching;
        if (underWay != null) return underWay;
        return isOlderThan(EAGER) ? fetch() : CompletableFuture.completedFuture(null);
    }

    private boolean isOlderThan(Duration age) {
        return System.nanoTime() - fetchedNanos > age.toNanos();
    }

    private synchronized CompletableFuture<Void> fetch() {
        CompletableFuture<Void> underWay = fetching;
        if (underWay != null) return underWay;
        CompletableFuture<Void> begun = CompletableFuture.runAsync(
                this::load, task -> Thread.ofVirtual().name("hawser-key-set").start(task));
        fetching = begun;
        return begun;
    }

    private void load() {
        List<JsonWebKey> loaded = List.of();
        try (HttpClient client = HttpClient.open()) {
            Response response = client.get(url.toString()).timeout(TIMEOUT).send();
            if (response.status() != Status.OK) throw new JoseException("status " + response.status());
            loaded = new JsonWebKeySet(response.body().text(MAX_BYTES)).getJsonWebKeys();
        } catch (JoseException | RuntimeException e) {
            // What is no key set at all makes the parser throw whatever it runs into.
            LOG.warn("the key set {} cannot be fetched; the keys before stay", url, e);
        } finally {
            loaded(loaded);
        }
    }

    private synchronized void loaded(List<JsonWebKey> keys) {
        if (!keys.isEmpty()) known = List.copyOf(keys);
        fetchedNanos = System.nanoTime();
        fetching = null;
    }
}
