package io.hawser.internal.http.route;

import java.util.ArrayList;
import java.util.List;

/// A pattern of paths: `/users/{id:int}/files/{path...}`.
///
/// @param parts the segments
/// @param names those of the parameters, in order, that of the rest last
record PathPattern(String text, List<Part> parts, List<String> names) {
    sealed interface Part {}

    record Literal(String text) implements Part {}

    record Parameter(ParameterType type) implements Part {}

    /// Everything from here on, at least one segment, which may be empty.
    record Rest() implements Part {}

    static PathPattern parse(String text) {
        if (!text.startsWith("/")) throw new IllegalArgumentException(text + ": a pattern begins with /");
        List<Part> parts = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String segment : text.substring(1).split("/", -1)) {
            if (!parts.isEmpty() && parts.getLast() instanceof Rest) {
                throw new IllegalArgumentException(text + ": nothing can follow a rest");
            }
            parts.add(part(segment, text, names));
        }
        return new PathPattern(text, List.copyOf(parts), List.copyOf(names));
    }

    private static Part part(String segment, String pattern, List<String> names) {
        if (segment.equals(".") || segment.equals("..")) {
            throw new IllegalArgumentException(pattern + ": no request reaches a dot segment");
        }
        if (!segment.startsWith("{") || !segment.endsWith("}")) {
            if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
                throw new IllegalArgumentException(pattern + ": a parameter is a whole segment");
            }
            return new Literal(segment);
        }
        String inside = segment.substring(1, segment.length() - 1);
        boolean rest = inside.endsWith("...");
        int colon = inside.indexOf(':');
        String name = rest ? inside.substring(0, inside.length() - 3) : colon < 0 ? inside : inside.substring(0, colon);
        if (!name.matches("[A-Za-z_][A-Za-z0-9_-]*")) {
            throw new IllegalArgumentException(pattern + ": " + name + " is no name of a parameter");
        }
        if (names.contains(name)) throw new IllegalArgumentException(pattern + ": " + name + " is there twice");
        names.add(name);
        if (rest) return new Rest();
        return new Parameter(colon < 0 ? ParameterType.STRING : ParameterType.of(inside.substring(colon + 1), pattern));
    }
}
