package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;

/// Undoes [Signer], and refuses whatever the peer did not sign as the next message of this connection.
public final class Verifier implements Transform {
    private final MessageHmac hmac;

    public Verifier(Secrets secrets, StageContext context) {
        hmac = new MessageHmac(secrets, context);
    }

    @Override
    public Bytes apply(int frameType, long sequence, Bytes message) throws GeneralSecurityException {
        MessageKey key = hmac.keys().toReceive(message, sequence, MessageHmac.TAG_BYTES);
        int from = key.header().length;
        byte[] bytes = message.toArray();
        int tagAt = bytes.length - MessageHmac.TAG_BYTES;
        byte[] expected = hmac.tag(key, frameType, sequence, bytes, from, tagAt - from);
        byte[] carried = Arrays.copyOfRange(bytes, tagAt, bytes.length);
        if (!MessageDigest.isEqual(expected, carried)) {
            throw hmac.keys().context().malformed("does not authenticate");
        }
        return Bytes.wrap(bytes).slice(from, tagAt);
    }

    @Override
    public void close() {
        hmac.wipe();
    }
}
