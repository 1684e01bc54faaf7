package io.hawser.hub.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a size in bytes: `64`, `1KiB`, `64KiB`, `1MiB`.
public final class SizeOption implements ITypeConverter<Integer> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(KiB|MiB|B)?");

    @Override
    public Integer convert(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw new TypeConversionException("'" + value + "' is not a size such as 64, 1KiB or 1MiB");
        }
        long unit = switch (form.group(2)) {
            case "KiB" -> 1L << 10;
            case "MiB" -> 1L << 20;
            case null, default -> 1;
        };
        long bytes = Long.parseLong(form.group(1)) * unit;
        if (bytes > Integer.MAX_VALUE) throw new TypeConversionException("'" + value + "' is over 2 GiB");
        return (int) bytes;
    }
}
