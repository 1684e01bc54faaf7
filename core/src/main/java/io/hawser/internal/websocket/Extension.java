package io.hawser.internal.websocket;

import io.hawser.internal.http.FieldLists;
import io.hawser.internal.http.Tokens;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One member of `Sec-WebSocket-Extensions`.
///
/// @param parameters by name; empty text where there is no value
///
/// Source: RFC 6455, section 9.1
record Extension(String name, Map<String, String> parameters) {
    /// The members of the field, in order; one that is malformed is left out.
    static List<Extension> parse(List<String> members) {
        List<Extension> extensions = new ArrayList<>();
        for (String member : members) parse(member).ifPresent(extensions::add);
        return extensions;
    }

    private static Optional<Extension> parse(String member) {
        List<String> parts = new ArrayList<>();
        FieldLists.split(member, ';', parts);
        if (parts.isEmpty() || !Tokens.isToken(parts.getFirst())) return Optional.empty();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : parts.subList(1, parts.size())) {
            int equals = part.indexOf('=');
            String name = Tokens.trim(equals < 0 ? part : part.substring(0, equals));
            String value = equals < 0 ? "" : FieldLists.unquote(Tokens.trim(part.substring(equals + 1)));
            boolean isGood = Tokens.isToken(name) && (equals < 0 || Tokens.isToken(value));
            if (!isGood || parameters.put(name, value) != null) return Optional.empty();
        }
        return Optional.of(new Extension(parts.getFirst(), parameters));
    }
}
