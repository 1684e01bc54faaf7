package io.hawser.messaging;

import io.hawser.internal.pipeline.Secrets;
import java.util.Set;
import javax.security.auth.Destroyable;

/// The shared secrets of an [Encryption] or [Signing] stage, by key id: one to send with, all of them to
/// receive with.
///
/// It is live: a change counts from the next message of every connection that uses it. To rotate a key while
/// connections live, [#add] the new one to the ring of every peer, then [#rotateTo] it everywhere, then
/// [#remove] the old one everywhere.
///
/// Secrets are copied, never printed, and overwritten when they are removed. What was derived from one stays in
/// memory until the connection that uses it closes or has its next message in the same direction.
///
/// Shape: at most 64 keys; an id has 1 to 32 characters of letters, digits, `.`, `_` and `-`, and is not
/// secret; a secret has 32 to 1024 bytes, chosen at random and not a password.
///
/// Errors: [IllegalArgumentException] for an id or a secret of another shape; [IllegalStateException] for
/// any change after [#destroy()].
///
/// Thread: safe from any.
public final class KeyRing implements Destroyable {
    final Secrets secrets;

    private KeyRing(Secrets secrets) {
        this.secrets = secrets;
    }

    /// A ring of one key, which is the current one.
    ///
    /// Owner: `secret` is copied; the caller may overwrite its own.
    public static KeyRing of(String id, byte[] secret) {
        return new KeyRing(Secrets.of(id, secret));
    }

    /// Adds a key to receive with, and returns this ring.
    ///
    /// Owner: `secret` is copied; the caller may overwrite its own.
    ///
    /// @throws IllegalArgumentException if the id is taken or the ring is full
    public KeyRing add(String id, byte[] secret) {
        secrets.add(id, secret);
        return this;
    }

    /// Makes the key `id` the one that is sent with.
    ///
    /// @throws IllegalArgumentException if the ring has no such key
    public void rotateTo(String id) {
        secrets.rotateTo(id);
    }

    /// Takes the key `id` out, so that nothing more is received with it, and overwrites its secret.
    ///
    /// @throws IllegalArgumentException if the ring has no such key, or it is the current one
    public void remove(String id) {
        secrets.remove(id);
    }

    /// The id of the key that is sent with.
    ///
    /// @throws IllegalStateException after [#destroy()]
    public String current() {
        return secrets.current().id();
    }

    /// The ids of the keys that are received with.
    public Set<String> ids() {
        return secrets.ids();
    }

    /// Takes all keys out and overwrites their secrets: whatever still uses the ring fails at its next message.
    @Override
    public void destroy() {
        secrets.destroy();
    }

    @Override
    public boolean isDestroyed() {
        return secrets.isDestroyed();
    }

    /// The ids, never the secrets.
    @Override
    public String toString() {
        return "KeyRing" + secrets;
    }
}
