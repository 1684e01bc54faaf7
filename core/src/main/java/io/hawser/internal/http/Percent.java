package io.hawser.internal.http;

import io.hawser.ProtocolError;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Percent-encoding of UTF-8, strict both ways. Source: RFC 3986 section 2.1
public final class Percent {
    private static final String UNRESERVED = "-._~";
    private static final String FORM = "-._*";
    private static final String SEGMENT = "-._~!$&'()*+,;=:@";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private Percent() {}

    /// The text that `encoded` stands for: itself, if it has no escape.
    ///
    /// @throws ProtocolError with code 400 if an escape is broken, or the bytes are not UTF-8
    public static String decode(String encoded) {
        return encoded.indexOf('%') < 0 ? encoded : decoded(encoded, false);
    }

    /// Like [#decode(String)], with `+` for a space.
    public static String decodeForm(String encoded) {
        if (encoded.indexOf('%') >= 0) return decoded(encoded, true);
        return encoded.indexOf('+') < 0 ? encoded : encoded.replace('+', ' ');
    }

    private static String decoded(String encoded, boolean form) {
        byte[] utf8 = new byte[encoded.length() * 3];
        int size = 0;
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                utf8[size++] = (byte) escaped(encoded, i);
                i += 2;
            } else if (c < 0x80) {
                utf8[size++] = (byte) (form && c == '+' ? ' ' : c);
            } else {
                byte[] more = Character.toString(encoded.codePointAt(i)).getBytes(StandardCharsets.UTF_8);
                System.arraycopy(more, 0, utf8, size, more.length);
                size += more.length;
                if (more.length == 4) i++;
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8, 0, size))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw broken("the escapes are not UTF-8");
        }
    }

    private static int escaped(String encoded, int percent) {
        if (percent + 2 < encoded.length()
                && HexFormat.isHexDigit(encoded.charAt(percent + 1))
                && HexFormat.isHexDigit(encoded.charAt(percent + 2))) {
            return HexFormat.fromHexDigits(encoded, percent + 1, percent + 3);
        }
        throw broken("% is not followed by two hexadecimal digits");
    }

    private static ProtocolError broken(String message) {
        return new ProtocolError(400, message, "RFC 3986, section 2.1");
    }

    /// Everything but unreserved characters escaped.
    public static String encode(String text) {
        return encoded(text, UNRESERVED, false);
    }

    /// `text` as one segment of a path.
    public static String encodeSegment(String text) {
        return encoded(text, SEGMENT, false);
    }

    /// `text` as a name or value of a form.
    public static String encodeForm(String text) {
        return encoded(text, FORM, true);
    }

    private static String encoded(String text, String kept, boolean form) {
        StringBuilder encoded = new StringBuilder(text.length() + 8);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 0x80 && (Character.isLetterOrDigit(c) || kept.indexOf(c) >= 0)) encoded.append(c);
            else if (form && c == ' ') encoded.append('+');
            else encoded.append('%').append(HEX.toHexDigits(b));
        }
        return encoded.toString();
    }
}
