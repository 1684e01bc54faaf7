package io.hawser.internal.http;

/// The characters of names. Source: RFC 9110 section 5.6.2
public final class Tokens {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) TOKEN[c] = true;
        for (char c = 'a'; c <= 'z'; c++) TOKEN[c] = true;
        for (char c = 'A'; c <= 'Z'; c++) TOKEN[c] = true;
        for (char c : "!#$%&'*+-.^_`|~".toCharArray()) TOKEN[c] = true;
    }

    private Tokens() {}

    public static boolean isTokenChar(int c) {
        return c >= 0 && c < 128 && TOKEN[c];
    }

    public static boolean isToken(String text) {
        if (text.isEmpty()) return false;
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) return false;
        }
        return true;
    }

    /// Passes `text` on.
    /// @throws IllegalArgumentException if it is not a token
    public static String check(String what, String text) {
        if (text.isEmpty()) throw new IllegalArgumentException(what + ": empty");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isTokenChar(c)) {
                throw new IllegalArgumentException(
                        "%s: character U+%04X at %d is not one of a token".formatted(what, (int) c, i));
            }
        }
        return text;
    }

    /// A field value without the white space around it.
    ///
    /// @throws IllegalArgumentException if it holds a control character other than a tab (CR, LF and NUL would
    ///     end the field on the wire), or a character that is not of ISO 8859-1, in which fields are sent
    public static String checkValue(String name, String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
                throw new IllegalArgumentException(
                        "value of %s: character U+%04X at %d must not be sent".formatted(name, (int) c, i));
            }
        }
        return trim(value);
    }

    /// Without the spaces and tabs around it.
    public static String trim(String value) {
        int from = 0;
        int to = value.length();
        while (from < to && isBlank(value.charAt(from))) from++;
        while (to > from && isBlank(value.charAt(to - 1))) to--;
        return value.substring(from, to);
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
