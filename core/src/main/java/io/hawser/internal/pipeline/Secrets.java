package io.hawser.internal.pipeline;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;

/// The secrets of one key ring.
///
/// What is valid is one immutable [Ring] behind a volatile field, so that each message reads it without a lock. The
/// lock orders changes of the ring and, above all, keeps a secret from being overwritten while a key is derived from
/// it: a key derived from zeros would be everyone's.
public final class Secrets {
    private static final int MIN_SECRET_BYTES = 32;
    private static final int MAX_SECRET_BYTES = 1024;
    private static final int MAX_KEYS = 64;
    private static final String KEY_ID_PARAMETER = "kid";
    static final int MAX_ID_BYTES = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1," + MAX_ID_BYTES + "}");

    /// One secret. Its array is read and overwritten under the lock only.
    public static final class Secret {
        private final String id;
        private final byte[] bytes;
        private volatile boolean live = true;

        private Secret(String id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }

        public String id() {
            return id;
        }

        /// Whether it is still in its ring.
        boolean isLive() {
            return live;
        }

        private void wipe() {
            live = false;
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private record Ring(Secret current, Map<String, Secret> all) {}

    private final Object lock = new Object();
    private volatile @Nullable Ring ring;

    private Secrets(Secret only) {
        ring = new Ring(only, Map.of(only.id, only));
    }

    public static Secrets of(String id, byte[] secret) {
        return new Secrets(checked(id, secret));
    }

    public void add(String id, byte[] secret) {
        Secret added = checked(id, secret);
        synchronized (lock) {
            Ring before = intact();
            if (before.all.containsKey(id)) throw new IllegalArgumentException("id: the ring has a key " + id);
            if (before.all.size() == MAX_KEYS) {
                throw new IllegalArgumentException("keys: the ring holds at most " + MAX_KEYS);
            }
            Map<String, Secret> all = new LinkedHashMap<>(before.all);
            all.put(id, added);
            ring = new Ring(before.current, all);
        }
    }

    public void rotateTo(String id) {
        synchronized (lock) {
            Ring before = intact();
            ring = new Ring(known(before, id), before.all);
        }
    }

    public void remove(String id) {
        synchronized (lock) {
            Ring before = intact();
            Secret removed = known(before, id);
            if (removed == before.current) {
                throw new IllegalArgumentException("id: " + id + " is the current key; rotate to another one first");
            }
            Map<String, Secret> all = new LinkedHashMap<>(before.all);
            all.remove(id);
            ring = new Ring(before.current, all);
            removed.wipe();
        }
    }

    public void destroy() {
        synchronized (lock) {
            Ring before = ring;
            if (before == null) return;
            ring = null;
            before.all.values().forEach(Secret::wipe);
        }
    }

    public boolean isDestroyed() {
        return ring == null;
    }

    public Set<String> ids() {
        Ring now = ring;
        return now == null ? Set.of() : Set.copyOf(now.all.keySet());
    }

    /// The secret to send with.
    public Secret current() {
        return intact().current;
    }

    Optional<Secret> find(String id) {
        Ring now = ring;
        return now == null ? Optional.empty() : Optional.ofNullable(now.all.get(id));
    }

    /// What a stage that uses these secrets tells the peer.
    public Map<String, String> offer() {
        return Map.of(KEY_ID_PARAMETER, current().id());
    }

    /// What speaks against a peer that sent `offered`.
    public Optional<String> objection(Map<String, String> offered) {
        String id = offered.get(KEY_ID_PARAMETER);
        if (id == null) return Optional.of("no key id");
        return find(id).isPresent() ? Optional.empty() : Optional.of("unknown key id");
    }

    /// HKDF-SHA256 of `secret`, or nothing if it was taken out of the ring.
    ///
    /// Source: RFC 5869
    Optional<byte[]> derive(Secret secret, byte[] salt, byte[] info, int sizeBytes) {
        synchronized (lock) {
            if (!secret.live) return Optional.empty();
            try {
                HKDFParameterSpec parameters = HKDFParameterSpec.ofExtract()
                        .addIKM(secret.bytes)
                        .addSalt(salt)
                        .thenExpand(info, sizeBytes);
                return Optional.of(KDF.getInstance("HKDF-SHA256").deriveData(parameters));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this JDK has no HKDF-SHA256", e);
            }
        }
    }

    private Ring intact() {
        Ring now = ring;
        if (now == null) throw new IllegalStateException("the key ring was destroyed");
        return now;
    }

    private static Secret known(Ring ring, String id) {
        Secret secret = ring.all.get(id);
        if (secret == null) throw new IllegalArgumentException("id: the ring has no key " + id);
        return secret;
    }

    private static Secret checked(String id, byte[] secret) {
        if (!ID.matcher(id).matches()) throw new IllegalArgumentException("id: \"" + id + "\" is not " + ID);
        if (secret.length < MIN_SECRET_BYTES || secret.length > MAX_SECRET_BYTES) {
            throw new IllegalArgumentException("secret of " + id + ": " + secret.length + " bytes, not "
                    + MIN_SECRET_BYTES + " to " + MAX_SECRET_BYTES);
        }
        return new Secret(id, secret.clone());
    }

    static byte[] idBytes(String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        Ring now = ring;
        return now == null ? "[destroyed]" : new TreeSet<>(now.all.keySet()) + ", current " + now.current.id;
    }
}
