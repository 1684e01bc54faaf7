package io.hawser.http;

import io.hawser.internal.http.Names;
import io.hawser.internal.http.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The cookies that a request carries.
///
/// Names and values are as they came; a value in quotes loses them. What is no pair is passed over. Of several
/// cookies
/// of one name the first counts: browsers send the one with the longest path first.
///
/// Thread: immutable, safe from any. Source: RFC 6265 section 5.4
public final class Cookies {
    /// Name, value, name, value.
    private final List<String> pairs;

    private Cookies(List<String> pairs) {
        this.pairs = pairs;
    }

    /// Those of `request`, parsed now.
    public static Cookies of(Request request) {
        List<String> pairs = new ArrayList<>();
        for (String field : request.headers().all(Names.COOKIE)) parse(field, pairs);
        return new Cookies(List.copyOf(pairs));
    }

    private static void parse(String field, List<String> pairs) {
        int from = 0;
        while (from <= field.length()) {
            int to = field.indexOf(';', from);
            if (to < 0) to = field.length();
            int equals = field.indexOf('=', from);
            if (equals > from && equals < to) {
                String name = Tokens.trim(field.substring(from, equals));
                if (!name.isEmpty()) {
                    pairs.add(name);
                    pairs.add(unquoted(Tokens.trim(field.substring(equals + 1, to))));
                }
            }
            from = to + 1;
        }
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    /// The value of the first cookie of that name.
    public Optional<String> first(String name) {
        for (int i = 0; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) return Optional.of(pairs.get(i + 1));
        }
        return Optional.empty();
    }

    public int size() {
        return pairs.size() / 2;
    }

    /// How many there are; their values may be secrets.
    @Override
    public String toString() {
        return "Cookies[" + size() + "]";
    }
}
