package io.hawser.internal.item;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// UTF-8 without the replacement characters that the JDK puts for what it cannot convert, and the order of CBOR
/// keys.
public final class Utf8 {
    private Utf8() {}

    /// Whether `text` has a UTF-8 form: no unpaired surrogate.
    public static boolean hasForm(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) continue;
            if (Character.isLowSurrogate(c)) return false;
            if (++i == text.length() || !Character.isLowSurrogate(text.charAt(i))) return false;
        }
        return true;
    }

    /// The UTF-8 form.
    ///
    /// @throws IllegalArgumentException for an unpaired surrogate
    public static byte[] encode(String text) {
        if (!hasForm(text)) throw new IllegalArgumentException("text with an unpaired surrogate has no UTF-8 form");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// The text, or null where the bytes are not UTF-8.
    public static @Nullable String decode(byte[] bytes, int from, int to) {
        String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        // The decoder marks what is malformed with U+FFFD, which may as well stand in the input: only then look twice.
        if (text.indexOf('\uFFFD') < 0) return text;
        byte[] again = text.getBytes(StandardCharsets.UTF_8);
        return Arrays.equals(again, 0, again.length, bytes, from, to) ? text : null;
    }

    /// How many bytes `text` takes.
    public static long size(String text) {
        long size = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) continue;
            // A pair of surrogates is two chars and four bytes, so each counts one more.
            size += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return size;
    }

    /// The order of text keys in deterministic CBOR: the shorter encoding first, then by bytes.
    ///
    /// Source: RFC 8949, section 4.2.1 (a longer text begins with a greater head)
    public static int compare(String a, String b) {
        int bySize = Long.compare(size(a), size(b));
        if (bySize != 0) return bySize;
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) return Integer.compare(inBytes(x), inBytes(y));
        }
        return Integer.compare(a.length(), b.length());
    }

    /// Chars ranked as their UTF-8 bytes are: surrogates stand for code points above all other chars.
    private static int inBytes(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
