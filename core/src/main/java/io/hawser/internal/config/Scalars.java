package io.hawser.internal.config;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Values that are one text or number.
///
/// What is of no type known here is made by its public `parse(String)`.
final class Scalars {
    private Scalars() {}

    /// Makes a value of `type` of a text.
    ///
    /// @param isSize whether a number is one of bytes
    /// @param folder where relative paths begin
    /// @throws IllegalArgumentException if it is none, and what it should be
    static Object parse(Class<?> type, String text, boolean isSize, Path folder) {
        if (type == String.class) return text;
        if (type == int.class || type == Integer.class)
            return Math.toIntExact(integer(text, isSize, Integer.MAX_VALUE));
        if (type == long.class || type == Long.class) return integer(text, isSize, Long.MAX_VALUE);
        if (type == double.class || type == Double.class) return number(text).doubleValue();
        if (type == boolean.class || type == Boolean.class) return truth(text);
        if (type == Duration.class) return Durations.parse(text);
        if (type == Path.class) return folder.resolve(text);
        if (type == URI.class) return URI.create(text);
        if (type.isEnum()) return constant(type, text);
        return parsed(type, text);
    }

    private static long integer(String text, boolean isSize, long most) {
        long value;
        if (isSize) {
            value = Sizes.parse(text);
        } else {
            try {
                value = number(text).longValueExact();
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("'" + text + "' is no whole number", e);
            }
        }
        if (value > most || value < -most) throw new IllegalArgumentException("'" + text + "' is more than " + most);
        return value;
    }

    private static BigDecimal number(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    private static boolean truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private static Object constant(Class<?> type, String text) {
        for (Object constant : type.getEnumConstants()) {
            if (text(constant).equalsIgnoreCase(text.strip())) return constant;
        }
        String all = Arrays.stream(type.getEnumConstants()).map(Scalars::text).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("'" + text + "' is none of " + all);
    }

    private static Object parsed(Class<?> type, String text) {
        try {
            return type.getMethod("parse", String.class).invoke(null, text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) throw wrong;
            throw new IllegalStateException(type + " cannot be read", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be read: it has no public parse(String)", e);
        }
    }

    /// A value as a file would say it, without quotes.
    static String text(Object value) {
        // No switch over types: each start would generate the code of one.
        if (value instanceof Enum<?> constant) return constant.name().toLowerCase(Locale.ROOT);
        return value instanceof Duration duration ? Durations.text(duration) : value.toString();
    }

    /// A value as a file would say it; with quotes where it needs them.
    static String literal(Object value, boolean isSize) {
        if (isSize && value instanceof Number bytes) return Sizes.text(bytes.longValue());
        String text = text(value);
        boolean isBare = value instanceof Number
                || value instanceof Boolean
                || value instanceof Duration
                || value instanceof Enum<?>;
        return isBare ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
