package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The keys of one stage in one direction of one connection, derived when they are first needed.
///
/// At most four are kept, the last used one first. A key goes with the next message after its secret has left
/// the ring, and when the next key is derived after its generation of messages is over.
///
/// Thread: one at a time.
final class MessageKeys {
    private static final int MAX_KEPT = 4;

    private final Secrets secrets;
    private final StageContext context;
    private final String algorithm;
    private final boolean withNonce;
    private final List<MessageKey> kept = new ArrayList<>(1);

    MessageKeys(Secrets secrets, StageContext context, String algorithm, boolean withNonce) {
        this.secrets = secrets;
        this.context = context;
        this.algorithm = algorithm;
        this.withNonce = withNonce;
    }

    StageContext context() {
        return context;
    }

    /// The key to send the message `sequence` with.
    MessageKey toSend(long sequence) {
        while (true) {
            // Nothing comes back only if the ring rotated away and removed the secret in between: ask it again.
            Optional<MessageKey> key = of(secrets.current(), sequence);
            if (key.isPresent()) return key.get();
        }
    }

    /// The key that `message`, the one numbered `sequence`, says it was sent with.
    ///
    /// @param tagBytes the size of what follows the payload
    MessageKey toReceive(Bytes message, long sequence, int tagBytes) {
        Secrets.Secret secret = named(message, tagBytes);
        return of(secret, sequence).orElseThrow(() -> context.malformed("unknown key id"));
    }

    private Secrets.Secret named(Bytes message, int tagBytes) {
        int idBytes = message.isEmpty() ? 0 : Byte.toUnsignedInt(message.at(0));
        if (message.size() < 1 + idBytes + tagBytes) throw context.malformed("too short");
        if (!kept.isEmpty() && kept.getFirst().beginsWithId(message)) {
            Secrets.Secret secret = kept.getFirst().secret();
            if (secret.isLive()) return secret;
        }
        if (idBytes > Secrets.MAX_ID_BYTES) throw context.malformed("unknown key id");
        byte[] id = message.slice(1, 1 + idBytes).toArray();
        return secrets.find(new String(id, StandardCharsets.ISO_8859_1))
                .orElseThrow(() -> context.malformed("unknown key id"));
    }

    private Optional<MessageKey> of(Secrets.Secret secret, long sequence) {
        dropRemoved();
        for (int i = 0; i < kept.size(); i++) {
            MessageKey key = kept.get(i);
            if (!key.isOf(secret, sequence)) continue;
            if (i > 0) kept.addFirst(kept.remove(i));
            return Optional.of(key);
        }
        dropOutdated(sequence);
        Optional<MessageKey> derived = MessageKey.derive(secrets, secret, sequence, context, algorithm, withNonce);
        derived.ifPresent(kept::addFirst);
        return derived;
    }

    private void dropRemoved() {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (!kept.get(i).secret().isLive()) kept.remove(i).wipe();
        }
    }

    private void dropOutdated(long sequence) {
        kept.removeIf(key -> {
            boolean outdated = !key.isOf(key.secret(), sequence);
            if (outdated) key.wipe();
            return outdated;
        });
        if (kept.size() == MAX_KEPT) kept.removeLast().wipe();
    }

    int kept() {
        return kept.size();
    }

    void wipe() {
        kept.forEach(MessageKey::wipe);
        kept.clear();
    }
}
