package io.hawser.internal.config;

import io.hawser.config.ConfigProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What environment variables and system properties say, which a file cannot contradict.
///
/// The key decides which variable is meant, not the other way round: `A_B_C` alone could be of `a.b_c` or
/// `a_b.c`.
///
/// Thread: not safe; for one reading.
public final class Overrides {
    private static final String PREFIX = "hawser.";
    private static final String VARIABLE_PREFIX = "HAWSER_";

    private final Map<String, String> environment;
    private final Map<String, String> properties;
    private final Set<String> used = new HashSet<>();

    public Overrides(Map<String, String> environment, Map<String, String> properties) {
        this.environment = ours(environment, VARIABLE_PREFIX);
        this.properties = ours(properties, PREFIX);
    }

    /// Most of what there is concerns others, and would be looked at for every key.
    private static Map<String, String> ours(Map<String, String> all, String prefix) {
        Map<String, String> ours = new HashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) ours.put(name, value);
        });
        return ours;
    }

    /// One value, and who says it.
    record Said(String text, String origin) {}

    /// The environment variable of a key: `HAWSER_NETWORK_IO_THREADS` for `network.io.threads`.
    public static String variable(String key) {
        char[] name = (PREFIX + plain(key)).toUpperCase(Locale.ROOT).toCharArray();
        for (int i = 0; i < name.length; i++) {
            boolean isKept = (name[i] >= 'A' && name[i] <= 'Z') || (name[i] >= '0' && name[i] <= '9');
            if (!isKept) name[i] = '_';
        }
        return new String(name);
    }

    /// The system property of a key: `hawser.network.io.threads` for `network.io.threads`.
    public static String property(String key) {
        return PREFIX + plain(key);
    }

    private static String plain(String key) {
        return key.replace("\"", "");
    }

    Optional<Said> find(String key) {
        String property = property(key);
        String variable = variable(key);
        used.add(property);
        used.add(variable);
        @Nullable String text = properties.get(property);
        if (text != null) return Optional.of(new Said(text, "property " + property));
        text = environment.get(variable);
        return text == null ? Optional.empty() : Optional.of(new Said(text, "variable " + variable));
    }

    /// Whether anything is said about a key below `key`.
    boolean isBelow(String key) {
        return isAny(properties, property(key) + ".") || isAny(environment, variable(key) + "_");
    }

    private static boolean isAny(Map<String, String> texts, String prefix) {
        return texts.keySet().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /// What was said about `section` and nobody asked for.
    List<ConfigProblem> unknown(String section) {
        return Stream.concat(
                        unused(environment, variable(section) + "_").map(name -> problem("variable " + name)),
                        unused(properties, property(section) + ".").map(name -> problem("property " + name)))
                .toList();
    }

    private Stream<String> unused(Map<String, String> texts, String prefix) {
        return texts.keySet().stream()
                .filter(name -> name.startsWith(prefix) && !used.contains(name))
                .sorted();
    }

    private static ConfigProblem problem(String origin) {
        return new ConfigProblem(origin, "", "no key of this configuration has that name");
    }
}
