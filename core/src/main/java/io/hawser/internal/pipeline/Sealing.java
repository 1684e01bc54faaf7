package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/// Encrypts and authenticates what is sent.
///
/// Shape: length of the key id, key id, ciphertext, tag
public final class Sealing implements Transform {
    public static final int MAX_OVERHEAD_BYTES = 1 + Secrets.MAX_ID_BYTES + AeadSuite.TAG_BYTES;

    private final AeadSuite suite;
    private final MessageKeys keys;
    private final Cipher cipher;

    public Sealing(AeadSuite suite, Secrets secrets, StageContext context) {
        this.suite = suite;
        keys = new MessageKeys(secrets, context, suite.keyAlgorithm(), true);
        cipher = suite.cipher();
    }

    @Override
    public Bytes apply(int frameType, long sequence, Bytes payload) throws GeneralSecurityException {
        MessageKey key = keys.toSend(sequence);
        byte[] header = key.header();
        byte[] message = new byte[header.length + payload.size() + AeadSuite.TAG_BYTES];
        System.arraycopy(header, 0, message, 0, header.length);
        payload.copyTo(message, header.length);
        cipher.init(Cipher.ENCRYPT_MODE, key.key(), suite.parameters(key.nonce(sequence)));
        cipher.updateAAD(key.associated(frameType, sequence));
        cipher.doFinal(message, header.length, payload.size(), message, header.length);
        return Bytes.wrap(message);
    }

    @Override
    public void close() {
        keys.wipe();
    }
}
