package io.hawser.internal.config;

import java.util.regex.Pattern;

/// Takes out of a text what only its owner may read.
public final class Masks {
    private static final Pattern USER = Pattern.compile("://[^/@\\s\"]+@");

    private Masks() {}

    /// `text` without the user and password that a URL in it may have.
    public static String of(String text) {
        return !text.contains("://") ? text : USER.matcher(text).replaceAll("://***@");
    }
}
