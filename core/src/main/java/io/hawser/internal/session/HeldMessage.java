package io.hawser.internal.session;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.session.Message;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A message with its payload.
///
/// Thread: at least one of the two fields is set when it is made, and both have final fields of their own; a
/// thread that does not see what another has derived derives it again.
public final class HeldMessage implements Message {
    private static final int MALFORMED = 4004;

    private final boolean isText;
    private final boolean isControl;
    private @Nullable String text;
    private @Nullable Bytes bytes;

    private HeldMessage(boolean isText, boolean isControl, @Nullable String text, @Nullable Bytes bytes) {
        this.isText = isText;
        this.isControl = isControl;
        this.text = text;
        this.bytes = bytes;
    }

    public HeldMessage(boolean isText, Bytes bytes) {
        this(isText, false, null, bytes);
    }

    public static HeldMessage ofText(String text) {
        return new HeldMessage(true, false, text, null);
    }

    /// A message that came as one of the protocol, for a [GreetingHandler].
    public static HeldMessage ofControl(Bytes bytes) {
        return new HeldMessage(false, true, null, bytes);
    }

    /// Whether it came as one of the protocol.
    public boolean isControl() {
        return isControl;
    }

    @Override
    public boolean isText() {
        return isText;
    }

    @Override
    public Bytes bytes() {
        Bytes known = bytes;
        if (known == null) {
            String source = text;
            if (source == null) throw new IllegalStateException("a message without a payload");
            known = Bytes.ofUtf8(source);
            bytes = known;
        }
        return known;
    }

    @Override
    public String text() {
        String known = text;
        if (known == null) {
            // Of text it is known that it is well-formed, and then the JDK's quickest way is right.
            known = isText ? bytes().toUtf8() : decoded(bytes());
            text = known;
        }
        return known;
    }

    private static String decoded(Bytes bytes) {
        ByteBuffer buffer = bytes.asByteBuffer();
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
        } catch (CharacterCodingException e) {
            throw new ProtocolError(MALFORMED, "not UTF-8 at byte " + buffer.position(), "RFC 3629, section 3");
        }
    }

    @Override
    public int size() {
        return bytes().size();
    }

    @Override
    public Message keep() {
        return this;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Message that && isText == that.isText() && bytes().equals(that.bytes());
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
