package io.hawser.internal.pipeline;

import io.hawser.messaging.StageContext;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/// HMAC-SHA256 over what a message is about and what it holds, with the keys of one direction.
///
/// Source: RFC 2104
final class MessageHmac {
    static final int TAG_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final MessageKeys keys;
    private final Mac mac;
    /// The key that `mac` is set up with.
    private @Nullable MessageKey ready;

    MessageHmac(Secrets secrets, StageContext context) {
        keys = new MessageKeys(secrets, context, ALGORITHM, false);
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
        }
    }

    MessageKeys keys() {
        return keys;
    }

    /// The tag for `size` bytes of `message` from `from` on.
    byte[] tag(MessageKey key, int frameType, long sequence, byte[] message, int from, int size)
            throws GeneralSecurityException {
        if (ready != key) {
            mac.init(key.key());
            ready = key;
        }
        mac.update(key.associated(frameType, sequence));
        mac.update(message, from, size);
        return mac.doFinal();
    }

    void wipe() {
        ready = null;
        keys.wipe();
    }
}
