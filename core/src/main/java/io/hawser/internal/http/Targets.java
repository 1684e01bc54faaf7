package io.hawser.internal.http;

import io.hawser.http.Method;

/// The parts of a request target, found without taking it apart. Source: RFC 9112 section 3.2
public final class Targets {
    private Targets() {}

    /// Passes `target` on.
    /// @throws IllegalArgumentException if it is empty or holds anything but printable ASCII
    public static String check(String target) {
        if (target.isEmpty()) throw new IllegalArgumentException("target: empty");
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f) {
                throw new IllegalArgumentException(
                        "target: character U+%04X at %d must be percent-encoded".formatted((int) c, i));
            }
            if (c == '#') throw new IllegalArgumentException("target: a fragment is never sent");
        }
        return target;
    }

    /// The scheme of an absolute target in lower case, otherwise `otherwise`.
    public static String scheme(String target, String otherwise) {
        int end = schemeEnd(target);
        return end < 0 ? otherwise : target.substring(0, end).toLowerCase(java.util.Locale.ROOT);
    }

    /// The authority of an absolute target, otherwise `otherwise`.
    public static String authority(String target, String otherwise) {
        int end = schemeEnd(target);
        return end < 0 ? otherwise : target.substring(end + 3, authorityEnd(target, end + 3));
    }

    /// The raw path.
    public static String path(String target) {
        int from = pathStart(target);
        int to = target.indexOf('?', from);
        if (to < 0) to = target.length();
        return from == to ? "/" : target.substring(from, to);
    }

    /// The raw query, empty without one.
    public static String query(String target) {
        int at = target.indexOf('?');
        return at < 0 ? "" : target.substring(at + 1);
    }

    /// `target` with that raw query, or with none if it is empty.
    public static String withQuery(String target, String query) {
        int at = target.indexOf('?');
        String bare = at < 0 ? target : target.substring(0, at);
        return query.isEmpty() ? bare : bare + "?" + query;
    }

    /// Whether `target` is absolute: has a scheme and an authority.
    public static boolean isWhole(String target) {
        return schemeEnd(target) >= 0;
    }

    /// `scheme://authority` of an absolute target, empty of any other.
    public static String origin(String target) {
        int end = schemeEnd(target);
        return end < 0 ? "" : target.substring(0, authorityEnd(target, end + 3));
    }

    /// What a server gets of an absolute target: path and query. Source: RFC 9112 section 3.2.1 and 3.2.4
    public static String originForm(Method method, String target) {
        return method.equals(Method.OPTIONS) && pathStart(target) == target.length() ? "*" : pathAndQuery(target);
    }

    /// What follows another authority when `target` is asked there: path and query, empty for `*`.
    public static String pathAndQuery(String target) {
        if (target.equals("*")) return "";
        int from = pathStart(target);
        if (from == target.length()) return "/";
        return target.charAt(from) == '/' ? target.substring(from) : "/" + target.substring(from);
    }

    /// What a proxy gets of an absolute target: one with a path. Source: RFC 9112 section 3.2.2
    public static String absoluteForm(String target) {
        int from = pathStart(target);
        if (from == target.length()) return target + "/";
        return target.charAt(from) == '/' ? target : target.substring(0, from) + "/" + target.substring(from);
    }

    public static String decodedPath(String rawPath) {
        return Percent.decode(rawPath);
    }

    private static int pathStart(String target) {
        int end = schemeEnd(target);
        return end < 0 ? 0 : authorityEnd(target, end + 3);
    }

    /// Where the colon of `scheme://` is, below zero if the target is not absolute.
    private static int schemeEnd(String target) {
        char first = target.charAt(0);
        if (first == '/' || first == '*') return -1;
        int colon = target.indexOf(':');
        return colon > 0 && target.startsWith("://", colon) ? colon : -1;
    }

    private static int authorityEnd(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c == '/' || c == '?') return i;
        }
        return target.length();
    }
}
