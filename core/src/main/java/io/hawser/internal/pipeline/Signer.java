package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import java.security.GeneralSecurityException;

/// Signs what is sent.
///
/// Shape: length of the key id, key id, payload, tag
public final class Signer implements Transform {
    public static final int MAX_OVERHEAD_BYTES = 1 + Secrets.MAX_ID_BYTES + MessageHmac.TAG_BYTES;

    private final MessageHmac hmac;

    public Signer(Secrets secrets, StageContext context) {
        hmac = new MessageHmac(secrets, context);
    }

    @Override
    public Bytes apply(int frameType, long sequence, Bytes payload) throws GeneralSecurityException {
        MessageKey key = hmac.keys().toSend(sequence);
        byte[] header = key.header();
        int tagAt = header.length + payload.size();
        byte[] message = new byte[tagAt + MessageHmac.TAG_BYTES];
        System.arraycopy(header, 0, message, 0, header.length);
        payload.copyTo(message, header.length);
        byte[] tag = hmac.tag(key, frameType, sequence, message, header.length, payload.size());
        System.arraycopy(tag, 0, message, tagAt, tag.length);
        return Bytes.wrap(message);
    }

    @Override
    public void close() {
        hmac.wipe();
    }
}
