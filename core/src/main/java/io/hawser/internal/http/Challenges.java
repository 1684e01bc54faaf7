package io.hawser.internal.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Challenges of `WWW-Authenticate` and what else has that form. Source: RFC 9110 section 11.6.1
public final class Challenges {
    private Challenges() {}

    /// One of them.
    ///
    /// @param scheme in lower case
    /// @param parameters by names in lower case, unquoted
    public record Challenge(String scheme, Map<String, String> parameters) {
        /// The parameter of that name, empty without one.
        public String value(String name) {
            return parameters.getOrDefault(name, "");
        }
    }

    /// Those of `fields`, in their order.
    public static List<Challenge> parse(List<String> fields) {
        List<Challenge> challenges = new ArrayList<>();
        for (String field : fields) {
            List<String> members = new ArrayList<>();
            FieldLists.split(field, members);
            for (String member : members) take(member, challenges);
        }
        return challenges;
    }

    /// A member is a scheme, a scheme with its first parameter, or a further parameter.
    private static void take(String member, List<Challenge> challenges) {
        int end = 0;
        while (end < member.length() && Tokens.isTokenChar(member.charAt(end))) end++;
        String rest = Tokens.trim(member.substring(end));
        if (rest.startsWith("=") && !challenges.isEmpty()) {
            parameter(member, challenges.getLast().parameters());
            return;
        }
        Challenge begun = new Challenge(member.substring(0, end).toLowerCase(Locale.ROOT), new LinkedHashMap<>());
        challenges.add(begun);
        if (!rest.isEmpty()) parameter(rest, begun.parameters());
    }

    private static void parameter(String text, Map<String, String> parameters) {
        int equals = text.indexOf('=');
        if (equals <= 0) return;
        String name = Tokens.trim(text.substring(0, equals)).toLowerCase(Locale.ROOT);
        parameters.putIfAbsent(name, FieldLists.unquote(Tokens.trim(text.substring(equals + 1))));
    }

    /// The parameters of a field without a scheme, such as `Authentication-Info`.
    public static Map<String, String> parameters(String field) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> members = new ArrayList<>();
        FieldLists.split(field, members);
        for (String member : members) parameter(member, parameters);
        return parameters;
    }
}
