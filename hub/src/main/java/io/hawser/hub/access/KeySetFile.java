package io.hawser.hub.access;

import io.hawser.StartupFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.Key;
import java.time.Duration;
import java.util.List;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys in a file, read again when it has changed: keys are rotated by writing it anew.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields.
final class KeySetFile {
    private static final Logger LOG = LoggerFactory.getLogger(KeySetFile.class);
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final Path file;
    private List<JsonWebKey> known = List.of();
    private @Nullable FileTime modified;
    private long lookedNanos;

    /// @throws StartupFailed if the file cannot be read, or holds no keys
    KeySetFile(Path file) {
        this.file = file;
        try {
            read();
        } catch (IOException | JoseException e) {
            throw new StartupFailed("key set " + file + ": " + e.getMessage(), e);
        }
    }

    /// Those of that `kid`, or all.
    synchronized List<Key> keys(@Nullable String id) {
        refresh();
        return known.stream()
                .filter(key -> id == null || key.getKeyId() == null || id.equals(key.getKeyId()))
                .map(JsonWebKey::getKey)
                .toList();
    }

    private void refresh() {
        long now = System.nanoTime();
        if (now - lookedNanos < LOOK_NANOS) return;
        try {
            if (!Files.getLastModifiedTime(file).equals(modified)) read();
            lookedNanos = now;
        } catch (IOException | JoseException e) {
            lookedNanos = now;
            LOG.warn("the key set {} cannot be read; the keys before stay", file, e);
        }
    }

    private synchronized void read() throws IOException, JoseException {
        modified = Files.getLastModifiedTime(file);
        List<JsonWebKey> keys = new JsonWebKeySet(Files.readString(file)).getJsonWebKeys();
        if (keys.isEmpty()) throw new IOException("no key in it that is understood");
        known = List.copyOf(keys);
        lookedNanos = System.nanoTime();
    }
}
