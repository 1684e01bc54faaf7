package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;

/// Undoes [Sealing], and refuses whatever the peer did not seal as the next message of this connection.
public final class Opening implements Transform {
    private final AeadSuite suite;
    private final MessageKeys keys;
    private final Cipher cipher;

    public Opening(AeadSuite suite, Secrets secrets, StageContext context) {
        this.suite = suite;
        keys = new MessageKeys(secrets, context, suite.keyAlgorithm(), true);
        cipher = suite.cipher();
    }

    @Override
    public Bytes apply(int frameType, long sequence, Bytes message) throws GeneralSecurityException {
        MessageKey key = keys.toReceive(message, sequence, AeadSuite.TAG_BYTES);
        int from = key.header().length;
        byte[] bytes = message.toArray();
        cipher.init(Cipher.DECRYPT_MODE, key.key(), suite.parameters(key.nonce(sequence)));
        cipher.updateAAD(key.associated(frameType, sequence));
        try {
            int size = cipher.doFinal(bytes, from, bytes.length - from, bytes, from);
            return Bytes.wrap(bytes).slice(from, from + size);
        } catch (AEADBadTagException e) {
            throw keys.context().malformed("does not authenticate");
        }
    }

    @Override
    public void close() {
        keys.wipe();
    }
}
