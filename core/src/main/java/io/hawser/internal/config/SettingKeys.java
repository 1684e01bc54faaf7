package io.hawser.internal.config;

import io.hawser.config.Setting;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names of settings.
public final class SettingKeys {
    /// Their value has a unit, or is known to be of one.
    private static final List<String> UNITS = List.of("_bytes", "_per_minute");

    private static final int FAR = 3;

    private SettingKeys() {}

    /// The key of a component.
    public static String of(RecordComponent component) {
        @Nullable Setting setting = component.getAnnotation(Setting.class);
        if (setting != null && !setting.name().isEmpty()) return setting.name();
        String key = lowered(component.getName());
        for (String unit : UNITS) {
            if (key.endsWith(unit)) return key.substring(0, key.length() - unit.length());
        }
        return key;
    }

    /// `maxInFlight` as `max_in_flight`.
    private static String lowered(String name) {
        StringBuilder key = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isWordStart = isUpper(c) && i > 0 && (isLower(name.charAt(i - 1)) || isDigit(name.charAt(i - 1)));
            if (isWordStart) key.append('_');
            key.append(c);
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Whether the numbers of a component are bytes.
    static boolean isSize(RecordComponent component) {
        return component.getName().equals("bytes") || component.getName().endsWith("Bytes");
    }

    /// The key `name` within `path`.
    public static String join(String path, String name) {
        String quoted = isPlain(name) ? name : '"' + name + '"';
        return path.isEmpty() ? quoted : path + "." + quoted;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isUpper(c) && !isLower(c) && !isDigit(c) && c != '_' && c != '-') return false;
        }
        return !name.isEmpty();
    }

    /// Which of `known` was meant by `given`, if one is near.
    static Optional<String> meant(String given, List<String> known) {
        String nearest = "";
        int least = FAR;
        for (String name : known) {
            int distance = distance(given, name);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest.isEmpty() ? Optional.empty() : Optional.of(nearest);
    }

    /// How many letters to change, add or take away.
    private static int distance(String a, String b) {
        int[] before = new int[b.length() + 1];
        for (int j = 0; j < before.length; j++) before[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            int[] now = new int[b.length() + 1];
            now[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = before[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(change, Math.min(before[j], now[j - 1]) + 1);
            }
            before = now;
        }
        return before[b.length()];
    }
}
