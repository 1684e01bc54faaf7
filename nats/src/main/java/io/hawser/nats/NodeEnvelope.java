package io.hawser.nats;

import io.hawser.Bytes;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What one node says to another, signed with a key of the cluster.
///
/// Shape: HMAC-SHA256 of `hawser node`, a zero byte and all that follows (32 bytes), kind (1), time in
/// milliseconds (8), id (16), length and UTF-8 of the sender's name (2 + n) and of the receiver's (2 + n),
/// payload. What else is signed with a key of the cluster begins with other words, so that neither counts as
/// the other.
///
/// @param kind of what the id belongs to
/// @param millis when it was said
/// @param id of the question, which its answer repeats; random
/// @param to the node that it is for, or the topic of a word
record NodeEnvelope(Kind kind, long millis, Bytes id, String from, String to, Bytes payload) {
    enum Kind {
        QUESTION(0),
        ANSWER(1),
        /// The payload says in UTF-8 why there is no answer.
        REFUSAL(2),
        /// A message of a topic of Hawser's own, for all nodes.
        WORD(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Optional<Kind> of(byte code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }
    }

    static final int ID_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] WHAT_IT_IS = "hawser node\0".getBytes(StandardCharsets.UTF_8);
    static final int MAC_BYTES = 32;
    private static final int FIXED_BYTES = MAC_BYTES + 1 + 8 + ID_BYTES + 2 + 2;

    /// Signed with the first of `keys`.
    byte[] sealed(List<Bytes> keys) {
        byte[] sender = from.getBytes(StandardCharsets.UTF_8);
        byte[] receiver = to.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out =
                ByteBuffer.allocate(FIXED_BYTES - MAC_BYTES + sender.length + receiver.length + payload.size());
        out.put(kind.code).putLong(millis);
        id.copyTo(out);
        out.putShort((short) sender.length).put(sender);
        out.putShort((short) receiver.length).put(receiver);
        payload.copyTo(out);
        return signed(out.array(), keys.getFirst());
    }

    /// `said`, behind its code.
    static byte[] signed(byte[] said, Bytes key) {
        byte[] sealed = new byte[MAC_BYTES + said.length];
        System.arraycopy(said, 0, sealed, MAC_BYTES, said.length);
        System.arraycopy(mac(key, sealed), 0, sealed, 0, MAC_BYTES);
        return sealed;
    }

    /// What `sealed` holds, if it was sealed with one of `keys`.
    static Optional<NodeEnvelope> open(byte[] sealed, List<Bytes> keys) {
        if (sealed.length < FIXED_BYTES) return Optional.empty();
        ByteBuffer in = ByteBuffer.wrap(sealed);
        byte[] mac = new byte[MAC_BYTES];
        in.get(mac);
        if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac, mac(key, sealed)))) return Optional.empty();
        try {
            return parse(in);
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Optional<NodeEnvelope> parse(ByteBuffer in) {
        Optional<Kind> kind = Kind.of(in.get());
        if (kind.isEmpty()) return Optional.empty();
        long millis = in.getLong();
        byte[] id = new byte[ID_BYTES];
        in.get(id);
        String from = text(in);
        String to = text(in);
        return Optional.of(new NodeEnvelope(kind.get(), millis, Bytes.wrap(id), from, to, Bytes.copyOf(in)));
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[Short.toUnsignedInt(in.getShort())];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] mac(Bytes key, byte[] sealed) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.toArray(), ALGORITHM));
            mac.update(WHAT_IT_IS);
            mac.update(sealed, MAC_BYTES, sealed.length - MAC_BYTES);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, e);
        }
    }
}
