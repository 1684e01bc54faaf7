package io.hawser.session;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One whole message, text or binary. Text and its UTF-8 bytes are each made from the other when first asked for.
///
/// Thread: immutable, safe from any.
public final class Message {
    private final boolean isText;
    private @Nullable String text;
    private @Nullable Bytes bytes;

    private Message(boolean isText, @Nullable String text, @Nullable Bytes bytes) {
        this.isText = isText;
        this.text = text;
        this.bytes = bytes;
    }

    public static Message text(String text) {
        return new Message(true, text, null);
    }

    /// A text message whose UTF-8 form is at hand.
    ///
    /// Owner: the caller has checked that `utf8` is well-formed.
    public static Message text(Bytes utf8) {
        return new Message(true, null, utf8);
    }

    public static Message binary(Bytes bytes) {
        return new Message(false, null, bytes);
    }

    public static Message binary(byte... bytes) {
        return binary(Bytes.copyOf(bytes));
    }

    public boolean isText() {
        return isText;
    }

    /// The payload; for text its UTF-8 form.
    public Bytes bytes() {
        Bytes known = bytes;
        if (known == null) {
            known = Bytes.ofUtf8(text == null ? "" : text);
            bytes = known;
        }
        return known;
    }

    /// The payload as text.
    ///
    /// @throws ProtocolError with code 4004 if it is binary and not UTF-8
    public String text() {
        String known = text;
        if (known == null) {
            known = decoded(bytes());
            text = known;
        }
        return known;
    }

    public int size() {
        return bytes().size();
    }

    private static String decoded(Bytes bytes) {
        ByteBuffer buffer = bytes.asByteBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolError(4004, "not UTF-8 at byte " + buffer.position(), "RFC 3629, section 3");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && isText == that.isText && bytes().equals(that.bytes());
    }

    @Override
    public int hashCode() {
        return bytes().hashCode();
    }

    @Override
    public String toString() {
        return (isText ? "text " : "binary ") + bytes();
    }
}
