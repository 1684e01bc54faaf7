package io.hawser.internal.http.cache;

import io.hawser.http.Headers;
import io.hawser.internal.http.FieldLists;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Tokens;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// The directives of `Cache-Control`. Of several with one name the first counts.
///
/// Source: RFC 9111 section 5.2
public final class Directives {
    /// More is as good as this. Source: RFC 9111 section 1.2.2
    private static final long MAX_SECONDS = 1L << 31;

    private final Map<String, String> values = new LinkedHashMap<>();

    private Directives() {}

    public static Directives of(Headers headers) {
        Directives directives = new Directives();
        for (String member : headers.list(Names.CACHE_CONTROL)) {
            int equals = member.indexOf('=');
            String name = Tokens.trim(equals < 0 ? member : member.substring(0, equals))
                    .toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : FieldLists.unquote(Tokens.trim(member.substring(equals + 1)));
            directives.values.putIfAbsent(name, value);
        }
        return directives;
    }

    /// Whether the directive is there, with or without a value.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Its value as text, empty without one.
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    /// Its seconds; empty without the directive. What is no number is 0, so that nothing is fresh by mistake.
    public OptionalLong seconds(String name) {
        String value = values.get(name);
        if (value == null) return OptionalLong.empty();
        return OptionalLong.of(number(value, 0));
    }

    /// The digits of `text` as seconds, `otherwise` if it is anything else.
    static long number(String text, long otherwise) {
        if (text.isEmpty()) return otherwise;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return otherwise;
        }
        return text.length() > 10 ? MAX_SECONDS : Math.min(MAX_SECONDS, Long.parseLong(text));
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }
}
