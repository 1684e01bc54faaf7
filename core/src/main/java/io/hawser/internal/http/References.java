package io.hawser.internal.http;

import io.hawser.ProtocolError;
import io.hawser.http.Request;
import java.util.HexFormat;
import java.util.Locale;

/// References to other resources, made absolute. Source: RFC 3986 section 5.2
public final class References {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private References() {}

    /// The absolute URL that `reference` means in an answer to `base`, without its fragment.
    ///
    /// @throws ProtocolError if it is no reference to something of `http` or `https`
    public static String resolve(Request base, String reference) {
        String text = escaped(withoutFragment(reference));
        int colon = schemeEnd(text);
        if (colon > 0) return absolute(text, colon);
        if (text.startsWith("//"))
            return absolute(base.scheme() + ":" + text, base.scheme().length());
        String origin = base.scheme() + "://" + base.authority();
        if (text.isEmpty()) return origin + pathAndQuery(base);
        if (text.startsWith("?")) return origin + base.rawPath() + text;
        int query = text.indexOf('?');
        String path = query < 0 ? text : text.substring(0, query);
        String rest = query < 0 ? "" : text.substring(query);
        if (!path.startsWith("/")) {
            String basePath = base.rawPath();
            path = basePath.substring(0, basePath.lastIndexOf('/') + 1) + path;
        }
        return origin + withoutDots(path) + rest;
    }

    /// The absolute URL that `request` is for.
    public static String urlOf(Request request) {
        return request.scheme() + "://" + request.authority() + pathAndQuery(request);
    }

    private static String pathAndQuery(Request request) {
        String query = request.rawQuery();
        return query.isEmpty() ? request.rawPath() : request.rawPath() + "?" + query;
    }

    private static String absolute(String text, int colon) {
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) throw unusable("scheme " + scheme + " is not of HTTP");
        if (!text.startsWith("//", colon + 1)) throw unusable("no host");
        String rest = text.substring(colon + 3);
        int end = 0;
        while (end < rest.length() && rest.charAt(end) != '/' && rest.charAt(end) != '?') end++;
        String authority = rest.substring(0, end);
        authority = authority.substring(authority.lastIndexOf('@') + 1);
        if (authority.isEmpty() || authority.startsWith(":")) throw unusable("no host");
        int query = rest.indexOf('?', end);
        String path = query < 0 ? rest.substring(end) : rest.substring(end, query);
        return scheme + "://" + authority + (path.isEmpty() ? "/" : withoutDots(path))
                + (query < 0 ? "" : rest.substring(query));
    }

    /// Where the colon behind a scheme is, below zero without one.
    private static int schemeEnd(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ':') return i == 0 ? -1 : i;
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !later)) return -1;
        }
        return -1;
    }

    private static String withoutFragment(String reference) {
        int hash = reference.indexOf('#');
        return Tokens.trim(hash < 0 ? reference : reference.substring(0, hash));
    }

    /// Bytes that must be escaped and were not: servers send them, and everyone reads them so.
    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c < 0x7f && c != '"' && c != '<' && c != '>' && c != '\\') escaped.append(c);
            else escaped.append('%').append(HEX.toHexDigits((byte) c));
        }
        return escaped.toString();
    }

    /// Source: RFC 3986 section 5.2.4
    static String withoutDots(String path) {
        if (!path.contains("/.")) return path;
        StringBuilder out = new StringBuilder(path.length());
        int from = 0;
        while (from < path.length()) {
            int to = path.indexOf('/', from + 1);
            if (to < 0) to = path.length();
            String segment = path.substring(from, to);
            boolean isLast = to == path.length();
            if (segment.equals("/.")) {
                if (isLast) out.append('/');
            } else if (segment.equals("/..")) {
                out.setLength(Math.max(0, out.lastIndexOf("/")));
                if (isLast) out.append('/');
            } else {
                out.append(segment);
            }
            from = to;
        }
        return out.toString();
    }

    private static ProtocolError unusable(String why) {
        return new ProtocolError(0, "a location that cannot be followed: " + why, "RFC 9110, section 10.2.2");
    }
}
