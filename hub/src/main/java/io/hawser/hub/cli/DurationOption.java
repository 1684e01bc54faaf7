package io.hawser.hub.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a duration: `500ms`, `10s`, `1.5m`, `2h`; a bare number is seconds.
public final class DurationOption implements ITypeConverter<Duration> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ms|s|m|h)?");

    @Override
    public Duration convert(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw new TypeConversionException("'" + value + "' is not a duration such as 500ms, 10s or 2m");
        }
        double secondsPerUnit = switch (form.group(2)) {
            case "ms" -> 1e-3;
            case "m" -> 60;
            case "h" -> 3600;
            case null, default -> 1;
        };
        return Duration.ofNanos(Math.round(Double.parseDouble(form.group(1)) * secondsPerUnit * 1e9));
    }
}
