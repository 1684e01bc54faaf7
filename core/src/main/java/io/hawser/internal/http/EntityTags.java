package io.hawser.internal.http;

import io.hawser.Bytes;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// Validators of a representation: `"opaque"`, or `W/"opaque"` for a weak one. Source: RFC 9110 section 8.8.3
public final class EntityTags {
    private EntityTags() {}

    /// A strong tag of `content`.
    public static String of(Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer bytes = content.asByteBuffer();
            digest.update(bytes);
            byte[] first = Arrays.copyOf(digest.digest(), 15);
            return '"' + Base64.getUrlEncoder().encodeToString(first) + '"';
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new AssertionError(everyPlatformHasIt);
        }
    }

    /// Whether one of `fields`, the values of `If-Match` or `If-None-Match`, names `tag`.
    ///
    /// @param tag that of the representation, empty if it has none; `*` matches it all the same
    /// @param strong whether weak tags are equal to nothing
    public static boolean matches(List<String> fields, String tag, boolean strong) {
        for (String field : fields) {
            if (field.equals("*")) return true;
            if (!tag.isEmpty() && matches(field, tag, strong)) return true;
        }
        return false;
    }

    private static boolean matches(String field, String tag, boolean strong) {
        int at = 0;
        while (at < field.length()) {
            char c = field.charAt(at);
            if (c == ',' || Tokens.isBlank(c)) {
                at++;
                continue;
            }
            int open = field.startsWith("W/", at) ? at + 2 : at;
            int close = open < field.length() && field.charAt(open) == '"' ? field.indexOf('"', open + 1) : -1;
            // What is no tag makes the rest unreadable, so it names nothing more.
            if (close < 0) return false;
            if (areEqual(field.substring(at, close + 1), tag, strong)) return true;
            at = close + 1;
        }
        return false;
    }

    /// Compares two tags. Source: RFC 9110 section 8.8.3.2
    public static boolean areEqual(String one, String other, boolean strong) {
        if (strong) return !isWeak(one) && one.equals(other);
        return opaque(one).equals(opaque(other));
    }

    static boolean isWeak(String tag) {
        return tag.startsWith("W/");
    }

    private static String opaque(String tag) {
        return isWeak(tag) ? tag.substring(2) : tag;
    }
}
