package io.hawser.internal.http.files;

import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Which `Cache-Control` a file has, by its name or path below the root.
public final class CacheRules {
    private static final String FOREVER = "public, max-age=31536000, immutable";

    /// A hexadecimal hash of eight digits or more, with a letter and a digit in it, before the extension.
    private static final Pattern HASHED =
            Pattern.compile(".*[.-](?=[0-9a-f]*[0-9])(?=[0-9a-f]*[a-f])[0-9a-f]{8,64}\\.[A-Za-z0-9.]+");

    private final Map<PathMatcher, String> rules = new LinkedHashMap<>();
    private final boolean hashedNames;
    private final String otherwise;

    /// @param patterns globs, matched against the name if they have no slash, else against the path; the first
    /// counts
    /// @param hashedNames whether a hash in a name, which changes with the content, makes it immutable
    public CacheRules(Map<String, String> patterns, boolean hashedNames, String otherwise) {
        patterns.forEach((glob, value) -> rules.put(FileSystems.getDefault().getPathMatcher("glob:" + glob), value));
        this.hashedNames = hashedNames;
        this.otherwise = otherwise;
    }

    /// The value for the file at `below`, relative to the root; empty for none.
    public String of(Path below) {
        Path name = below.getFileName();
        for (Map.Entry<PathMatcher, String> rule : rules.entrySet()) {
            if (rule.getKey().matches(name) || rule.getKey().matches(below)) return rule.getValue();
        }
        return hashedNames && HASHED.matcher(name.toString()).matches() ? FOREVER : otherwise;
    }
}
