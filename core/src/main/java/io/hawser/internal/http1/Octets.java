package io.hawser.internal.http1;

/// What each octet may be part of, and the text that octets are.
///
/// Source: RFC 9110, section 5.6.2 (token) and 5.5 (field values); RFC 3986, section 3.2.2 (host).
public final class Octets {
    static final byte CR = '\r';
    static final byte LF = '\n';

    private static final byte TOKEN = 1;
    private static final byte VALUE = 2;
    private static final byte TARGET = 4;
    private static final byte HOST = 8;
    private static final byte[] CLASSES = new byte[256];
    private static final byte[] LOWER = new byte[256];
    private static final byte[] HEX = new byte[256];

    static {
        for (int octet = 0; octet < 256; octet++) {
            char c = (char) octet;
            boolean isAlphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (isAlphanumeric || "!#$%&'*+-.^_`|~".indexOf(c) >= 0) CLASSES[octet] |= TOKEN;
            if (c == '\t' || (c >= ' ' && c != 0x7F)) CLASSES[octet] |= VALUE;
            if (c > ' ' && c < 0x7F && c != '#') CLASSES[octet] |= TARGET;
            if (isAlphanumeric || "-._~".indexOf(c) >= 0) CLASSES[octet] |= HOST;
            LOWER[octet] = (byte) (c >= 'A' && c <= 'Z' ? c + 32 : c);
            HEX[octet] = (byte) Character.digit(c < 0x80 ? c : ' ', 16);
        }
    }

    private Octets() {}

    public static boolean isToken(byte octet) {
        return (CLASSES[octet & 0xFF] & TOKEN) != 0;
    }

    public static boolean isValue(byte octet) {
        return (CLASSES[octet & 0xFF] & VALUE) != 0;
    }

    public static boolean isTarget(byte octet) {
        return (CLASSES[octet & 0xFF] & TARGET) != 0;
    }

    static boolean isHost(char c) {
        return c < 256 && (CLASSES[c] & HOST) != 0;
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 255 || (CLASSES[c] & TOKEN) == 0) return false;
        }
        return !text.isEmpty();
    }

    static byte lower(byte octet) {
        return LOWER[octet & 0xFF];
    }

    /// The value of a hexadecimal digit, -1 if it is none.
    static int hex(byte octet) {
        return HEX[octet & 0xFF];
    }

    /// The octets as ISO 8859-1, one character each.
    @SuppressWarnings("deprecation") // of all constructors the one that only copies
    static String text(byte[] from, int start, int end) {
        return start == end ? "" : new String(from, 0, start, end - start);
    }

    /// Puts `text`, of ISO 8859-1 characters, into `to`.
    ///
    /// @return the index behind it
    @SuppressWarnings("deprecation") // of all ways the one that only copies
    static int put(String text, byte[] to, int at) {
        text.getBytes(0, text.length(), to, at);
        return at + text.length();
    }

    static int put(byte[] text, byte[] to, int at) {
        System.arraycopy(text, 0, to, at, text.length);
        return at + text.length;
    }

    /// Puts a number in decimal digits.
    static int putDecimal(long number, byte[] to, int at) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) digits++;
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--, rest /= 10) to[i] = (byte) ('0' + rest % 10);
        return at + digits;
    }

    /// Puts a number in hexadecimal digits.
    static int putHex(int number, byte[] to, int at) {
        int digits = Math.max(1, (35 - Integer.numberOfLeadingZeros(number)) / 4);
        int rest = number;
        for (int i = at + digits - 1; i >= at; i--, rest >>>= 4) to[i] = (byte) "0123456789abcdef".charAt(rest & 15);
        return at + digits;
    }
}
