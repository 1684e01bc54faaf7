package io.hawser.internal.http;

import java.util.Locale;

/// The host of an authority. Source: RFC 3986 section 3.2
public final class HostNames {
    private HostNames() {}

    /// The host of `host:port` in lower case, IPv6 in its brackets; without a dot at its end.
    public static String of(String authority) {
        int colon = authority.lastIndexOf(':');
        boolean port = colon >= 0 && colon > authority.lastIndexOf(']');
        return canonical(port ? authority.substring(0, colon) : authority);
    }

    /// `name` in lower case, without a dot at its end.
    public static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
