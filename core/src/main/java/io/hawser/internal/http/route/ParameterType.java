package io.hawser.internal.http.route;

import java.util.Locale;
import java.util.regex.Pattern;

/// What a segment must be to be the value of a parameter; the most particular first, which is the order in
/// which they
/// are tried.
enum ParameterType {
    INT,
    LONG,
    UUID,
    STRING;

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    static ParameterType of(String name, String pattern) {
        for (ParameterType type : values()) {
            if (type.name().toLowerCase(Locale.ROOT).equals(name)) return type;
        }
        throw new IllegalArgumentException(pattern + ": type " + name + " is none of int, long, uuid, string");
    }

    boolean matches(String segment) {
        if (segment.isEmpty()) return false;
        return switch (this) {
            case INT -> isNumber(segment, Integer.MIN_VALUE, Integer.MAX_VALUE, 11);
            case LONG -> isNumber(segment, Long.MIN_VALUE, Long.MAX_VALUE, 20);
            case UUID -> UUID_TEXT.matcher(segment).matches();
            case STRING -> true;
        };
    }

    /// Decimal digits with at most a minus before them, and no zero that leads.
    private static boolean isNumber(String text, long min, long max, int maxLength) {
        int from = text.charAt(0) == '-' ? 1 : 0;
        if (text.length() == from || text.length() > maxLength) return false;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') return false;
        }
        if (text.charAt(from) == '0' && text.length() > 1) return false;
        try {
            long value = Long.parseLong(text);
            return value >= min && value <= max;
        } catch (NumberFormatException tooLong) {
            return false;
        }
    }
}
