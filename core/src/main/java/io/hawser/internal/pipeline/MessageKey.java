package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.StageContext;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/// A key of one stage in one direction of one connection, derived from one secret for one generation of messages,
/// with the parts of a message that depend on it.
///
/// Thread: one at a time, as its buffers are reused.
final class MessageKey {
    /// No key sees more messages than these bits count: of 1 MiB each, 2^34 blocks of AES.
    ///
    /// Source: RFC 8446, section 5.5, whose bound is 2^34.5
    static final int GENERATION_BITS = 18;
    /// Of one direction of a connection, numbered from 0: the generation is 32 bits.
    static final long MAX_MESSAGES = 1L << (GENERATION_BITS + 32);

    static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int VERSION_AT = 0;
    private static final int FRAME_TYPE_AT = 1;
    private static final int SEQUENCE_AT = 3;
    private static final int KEY_ID_AT = 11;

    private final Secrets.Secret secret;
    private final long generation;
    private final SecretKeySpec key;
    private final byte[] derived;
    private final byte[] header;
    private final byte[] associated;

    private MessageKey(Secrets.Secret secret, long generation, String algorithm, byte[] header, byte[] derived) {
        this.secret = secret;
        this.generation = generation;
        this.key = new SecretKeySpec(derived, 0, KEY_BYTES, algorithm);
        this.derived = derived;
        this.header = header;
        this.associated = new byte[KEY_ID_AT + header.length];
        associated[VERSION_AT] = PipelineOffer.VERSION;
        System.arraycopy(header, 0, associated, KEY_ID_AT, header.length);
    }

    /// Derives the key of `secret` for the message `sequence`, or nothing if the secret was taken out of its ring.
    ///
    /// @param withNonce whether the cipher needs a nonce beside the key
    static Optional<MessageKey> derive(
            Secrets secrets,
            Secrets.Secret secret,
            long sequence,
            StageContext context,
            String algorithm,
            boolean withNonce) {
        long generation = sequence >>> GENERATION_BITS;
        byte[] header = header(secret.id());
        byte[] salt = Bytes.concat(context.clientNonce(), context.serverNonce()).toArray();
        byte[] info = info(context.label(), header, generation);
        return secrets.derive(secret, salt, info, withNonce ? KEY_BYTES + NONCE_BYTES : KEY_BYTES)
                .map(derived -> new MessageKey(secret, generation, algorithm, header, derived));
    }

    static byte[] info(Bytes label, byte[] header, long generation) {
        ByteBuffer info = ByteBuffer.allocate(label.size() + header.length + Integer.BYTES);
        label.copyTo(info);
        return info.put(header).putInt((int) generation).array();
    }

    /// What a message with the key `id` begins with: the length of the id, and the id.
    static byte[] header(String id) {
        byte[] ascii = Secrets.idBytes(id);
        byte[] header = new byte[1 + ascii.length];
        header[0] = (byte) ascii.length;
        System.arraycopy(ascii, 0, header, 1, ascii.length);
        return header;
    }

    boolean isOf(Secrets.Secret other, long sequence) {
        return secret == other && generation == sequence >>> GENERATION_BITS;
    }

    /// Whether `message` begins with the id of this key.
    boolean beginsWithId(Bytes message) {
        if (message.size() < header.length) return false;
        for (int i = 0; i < header.length; i++) {
            if (message.at(i) != header[i]) return false;
        }
        return true;
    }

    Secrets.Secret secret() {
        return secret;
    }

    SecretKeySpec key() {
        return key;
    }

    byte[] header() {
        return header;
    }

    /// What is authenticated beside the payload. The array is reused for the next message.
    byte[] associated(int frameType, long sequence) {
        ByteBuffer.wrap(associated).putShort(FRAME_TYPE_AT, (short) frameType).putLong(SEQUENCE_AT, sequence);
        return associated;
    }

    /// The nonce of the message `sequence`: the derived one, its last 64 bits XORed with the number.
    ///
    /// Source: RFC 8446, section 5.3
    byte[] nonce(long sequence) {
        byte[] nonce = Arrays.copyOfRange(derived, KEY_BYTES, KEY_BYTES + NONCE_BYTES);
        ByteBuffer buffer = ByteBuffer.wrap(nonce);
        int at = NONCE_BYTES - Long.BYTES;
        buffer.putLong(at, buffer.getLong(at) ^ sequence);
        return nonce;
    }

    /// Overwrites what can be: the JDK keeps copies of its own.
    void wipe() {
        Arrays.fill(derived, (byte) 0);
    }
}
