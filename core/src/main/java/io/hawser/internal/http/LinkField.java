package io.hawser.internal.http;

import io.hawser.http.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The field `Link`. Source: RFC 8288 section 3
public final class LinkField {
    private LinkField() {}

    /// The first target with that relation.
    public static Optional<String> target(Headers headers, String relation) {
        for (String field : headers.all("Link")) {
            int at = 0;
            while (true) {
                int open = field.indexOf('<', at);
                int close = field.indexOf('>', open + 1);
                if (open < 0 || close < 0) break;
                // Commas and semicolons inside of a target separate nothing.
                int end = field.indexOf('<', close);
                String parameters = field.substring(close + 1, end < 0 ? field.length() : end);
                if (hasRelation(parameters, relation)) return Optional.of(field.substring(open + 1, close));
                if (end < 0) break;
                at = end;
            }
        }
        return Optional.empty();
    }

    private static boolean hasRelation(String parameters, String relation) {
        List<String> parts = new ArrayList<>();
        FieldLists.split(parameters, ';', parts);
        for (String part : parts) {
            if (!part.regionMatches(true, 0, "rel=", 0, 4)) continue;
            String value = part.substring(4);
            if (value.endsWith(",")) value = value.substring(0, value.length() - 1);
            for (String one : FieldLists.unquote(Tokens.trim(value)).split(" ", -1)) {
                if (one.equalsIgnoreCase(relation)) return true;
            }
        }
        return false;
    }
}
