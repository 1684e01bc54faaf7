package io.hawser.internal.http1;

import io.hawser.Endpoint;

/// Whether a text names a host and perhaps a port, and nothing else.
///
/// A name has letters, digits, `-`, `.`, `_` and `~`: the sub-delimiters that RFC 3986 would allow are in
/// no name that resolves, and other readers split at some of them.
///
/// Source: RFC 9110, section 7.2; RFC 3986, section 3.2.2
public final class HostField {
    private static final int MAX_PORT = 65535;

    private HostField() {}

    public static boolean isValid(String text) {
        int length = text.length();
        if (length == 0) return false;
        if (text.charAt(0) == '[') return isIpv6(text);
        int at = 0;
        while (at < length && Octets.isHost(text.charAt(at))) at++;
        if (at == 0) return false;
        return at == length || (text.charAt(at) == ':' && isPort(text, at + 1));
    }

    private static boolean isIpv6(String text) {
        int end = text.indexOf(']');
        if (end < 0) return false;
        if (end + 1 < text.length() && !(text.charAt(end + 1) == ':' && isPort(text, end + 2))) return false;
        if (text.indexOf('%') >= 0) return false;
        try {
            Endpoint.parse(text.substring(0, end + 1), 0);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Also an empty one, which is the default of the scheme.
    private static boolean isPort(String text, int from) {
        int port = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') return false;
            port = port * 10 + c - '0';
            if (port > MAX_PORT) return false;
        }
        return true;
    }
}
