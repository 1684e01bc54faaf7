package io.hawser.internal.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers of bytes as text: `64`, `64KiB`, `1MiB`, `2GiB`.
public final class Sizes {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})\\s*(B|KiB|MiB|GiB)?");
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB");

    private Sizes() {}

    /// Reads a size.
    ///
    /// @throws IllegalArgumentException if it is none
    public static long parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no size such as 64, 64KiB, 1MiB or 2GiB");
        }
        int unit = form.group(2) == null ? 0 : UNITS.indexOf(form.group(2));
        try {
            return Math.multiplyExact(Long.parseLong(form.group(1)), 1L << (10 * unit));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is more than a number holds", e);
        }
    }

    /// The shortest text.
    public static String text(long bytes) {
        int unit = UNITS.size() - 1;
        while (unit > 0 && (bytes == 0 || bytes % (1L << (10 * unit)) != 0)) unit--;
        return unit == 0 ? Long.toString(bytes) : (bytes >> (10 * unit)) + UNITS.get(unit);
    }
}
