package io.hawser.internal.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Durations as text: `500ms`, `30s`, `1.5m`, `2h`, `1d`; a bare number is seconds.
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)\\s*([a-z]*)");
    private static final Map<String, Long> NANOS = Map.ofEntries(
            Map.entry("us", 1_000L),
            Map.entry("ms", 1_000_000L),
            Map.entry("", 1_000_000_000L),
            Map.entry("s", 1_000_000_000L),
            Map.entry("m", 60_000_000_000L),
            Map.entry("h", 3_600_000_000_000L),
            Map.entry("d", 86_400_000_000_000L));

    private Durations() {}

    /// Reads a duration.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Duration parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        @Nullable Long unit = form.matches() ? NANOS.get(form.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 500ms, 30s, 5m, 2h or 1d");
        }
        BigDecimal nanos = new BigDecimal(form.group(1)).multiply(BigDecimal.valueOf(unit));
        if (nanos.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than 292 years");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /// The shortest text.
    public static String text(Duration duration) {
        long nanos = duration.toNanos();
        return whole(nanos, "d")
                .or(() -> whole(nanos, "h"))
                .or(() -> whole(nanos, "m"))
                .or(() -> whole(nanos, "s"))
                .or(() -> whole(nanos, "ms"))
                .or(() -> whole(nanos, "us"))
                .orElseGet(() -> BigDecimal.valueOf(nanos, 9) + "s");
    }

    private static Optional<String> whole(long nanos, String unit) {
        long each = NANOS.getOrDefault(unit, 1L);
        return nanos != 0 && nanos % each == 0 ? Optional.of(nanos / each + unit) : Optional.empty();
    }
}
