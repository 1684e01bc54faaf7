package io.hawser.internal.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says where settings come from, in the words of whoever named the file.
///
/// @param named the file as it was named; empty without one
public record Origins(Optional<Path> named) {
    private static final Pattern PLACE = Pattern.compile("^.*?: \\d+: |^[^:]*: ");
    private static final Pattern HINT = Pattern.compile(" \\(if you intended .*$");

    public static Origins of(Optional<Path> file) {
        return new Origins(file);
    }

    /// The file itself.
    public String file() {
        return named.map(Path::toString).orElse("the configuration");
    }

    /// `hub.conf:12`.
    public String text(ConfigOrigin origin) {
        int line = origin.lineNumber();
        return path(origin) + (line > 0 ? ":" + line : "");
    }

    private String path(ConfigOrigin origin) {
        @Nullable String name = origin.filename();
        if (name == null) return line(origin) ? file() : origin.description();
        boolean isNamed = named.isPresent()
                && named.get()
                        .toAbsolutePath()
                        .normalize()
                        .equals(Path.of(name).toAbsolutePath().normalize());
        return isNamed ? file() : name;
    }

    private static boolean line(ConfigOrigin origin) {
        return origin.lineNumber() > 0;
    }

    /// Where relative paths of a setting begin: at the folder of its file, or the current one.
    Path folder(@Nullable ConfigOrigin origin) {
        @Nullable String name = origin == null ? null : origin.filename();
        if (name == null) return Path.of("");
        Path parent = Path.of(name).getParent();
        return parent == null ? Path.of("") : parent;
    }

    /// What the parser says, without the place, which is known, and without what it guesses.
    public static String message(ConfigException e) {
        String text = String.valueOf(e.getMessage());
        Matcher place = PLACE.matcher(text);
        if (e.origin() != null && place.lookingAt()) text = text.substring(place.end());
        return HINT.matcher(text).replaceFirst("");
    }
}
