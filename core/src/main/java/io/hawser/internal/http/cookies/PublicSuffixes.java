package io.hawser.internal.http.cookies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Domains under which strangers register names, such as `co.uk`: nobody may set a cookie for all of them.
///
/// The list is the one that every JDK carries for its own certificate checks, so it is as new as the JDK: a zip
/// with an entry for each top-level domain, a rule a line behind one character. Where it is missing or is no
/// longer like that, every domain counts as a public suffix: cookies then go to the host that set them alone.
///
/// Source: publicsuffix.org, "Algorithm"
final class PublicSuffixes {
    static final PublicSuffixes OF_JDK = new PublicSuffixes(
            Path.of(System.getProperty("java.home", ""), "lib", "security", "public_suffix_list.dat"));

    private static final Logger LOG = LoggerFactory.getLogger(PublicSuffixes.class);

    private final Path list;
    private final boolean isUsable;

    /// By top-level domain. Only those of the list are kept, so it is bounded.
    private final Map<String, Set<String>> rules = new ConcurrentHashMap<>();

    PublicSuffixes(Path list) {
        this.list = list;
        this.isUsable = knows("com") && knows("uk");
        if (!isUsable) {
            LOG.warn("No public suffixes at {}: cookies are sent to the host that set them, never to its domain", list);
        }
    }

    private boolean knows(String topLevel) {
        return rulesOf(topLevel).contains(topLevel);
    }

    /// Whether there is a list at all.
    boolean isUsable() {
        return isUsable;
    }

    /// Whether `domain`, in lower case, is one.
    boolean contains(String domain) {
        if (!isUsable) return true;
        int lastDot = domain.lastIndexOf('.');
        if (lastDot < 0) return true;
        Set<String> known = rulesOf(domain.substring(lastDot + 1));
        if (known.contains("!" + domain)) return false;
        return known.contains(domain) || known.contains("*." + domain.substring(domain.indexOf('.') + 1));
    }

    private Set<String> rulesOf(String topLevel) {
        Set<String> known = rules.get(topLevel);
        if (known != null) return known;
        Set<String> loaded = load(topLevel);
        if (!loaded.isEmpty()) rules.put(topLevel, loaded);
        return loaded;
    }

    private Set<String> load(String topLevel) {
        if (!Files.isRegularFile(list)) return Set.of();
        try (ZipFile zip = new ZipFile(list.toFile())) {
            ZipEntry entry = zip.getEntry(topLevel);
            if (entry == null) return Set.of();
            Set<String> loaded = new HashSet<>();
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
                lines.lines().filter(line -> line.length() > 1).forEach(line -> loaded.add(line.substring(1)));
            }
            return Set.copyOf(loaded);
        } catch (IOException | UncheckedIOException damaged) {
            LOG.warn("The public suffixes at {} cannot be read: {}", list, damaged.toString());
            return Set.of();
        }
    }
}
