package io.hawser.hub.config;

import io.hawser.Endpoint;
import io.hawser.config.Setting;
import io.hawser.internal.config.Durations;
import io.hawser.internal.config.SettingKeys;
import io.hawser.internal.config.Sizes;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes the tables of docs/CONFIGURATION.md from the records and their Javadoc.
final class SettingReference {
    private static final Path TREE = Path.of("").toAbsolutePath().resolve("..").normalize();

    private final List<String> lines = new ArrayList<>();

    /// One section for each record that `root` leads to.
    static List<String> of(Class<? extends Record> root) {
        SettingReference reference = new SettingReference();
        for (RecordComponent section : root.getRecordComponents()) {
            reference.section(SettingKeys.of(section), section.getType(), defaults(section.getType()));
        }
        return reference.lines;
    }

    private record Below(
            String path, Class<?> type, @Nullable Object defaults) {}

    private void section(String path, Class<?> type, @Nullable Object defaults) {
        lines.add("");
        lines.add("## `" + path + "`");
        lines.add("");
        lines.add("| key | is | default | |");
        lines.add("|---|---|---|---|");
        List<Below> below = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String key = SettingKeys.of(component);
            @Nullable Object usual = defaults == null ? null : value(defaults, component);
            lines.add("| `" + key + "` | " + kind(component) + " | " + usual(component, usual) + " | "
                    + meaning(type, component) + " |");
            if (isSupported(component))
                below(path + "." + key, component.getGenericType(), usual).ifPresent(below::add);
        }
        below.forEach(each -> section(each.path(), each.type(), each.defaults()));
    }

    private static boolean isSupported(RecordComponent component) {
        Setting setting = component.getAnnotation(Setting.class);
        return setting == null || setting.supported();
    }

    private static Optional<Below> below(String path, Type type, @Nullable Object usual) {
        if (type instanceof Class<?> plain) {
            return isTable(plain) ? Optional.of(new Below(path, plain, usual)) : Optional.empty();
        }
        ParameterizedType generic = (ParameterizedType) type;
        Type of = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
        if (!(of instanceof Class<?> element) || !isTable(element)) return Optional.empty();
        String suffix = generic.getRawType() == Map.class ? ".NAME" : generic.getRawType() == List.class ? "[]" : "";
        return Optional.of(new Below(path + suffix, element, defaults(element)));
    }

    private static boolean isTable(Class<?> type) {
        return type.isRecord()
                && Arrays.stream(type.getMethods())
                        .noneMatch(method -> method.getName().equals("parse"));
    }

    private static @Nullable Object defaults(Class<?> type) {
        try {
            return type.getMethod("defaults").invoke(null);
        } catch (NoSuchMethodException none) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type + " has no defaults()", e);
        }
    }

    private static @Nullable Object value(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(component + " cannot be read", e);
        }
    }

    private static String kind(RecordComponent component) {
        if (!isSupported(component)) return "not supported yet";
        if (component.getName().equals("bytes") || component.getName().endsWith("Bytes")) return "size";
        return kind(component.getGenericType());
    }

    private static String kind(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type of = generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
            if (generic.getRawType() == Optional.class) return kind(of);
            return (generic.getRawType() == Map.class ? "by name, " : "list of ") + kind(of);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(each -> "`" + text(each) + "`")
                    .collect(Collectors.joining(", "));
        }
        if (plain == int.class || plain == long.class || plain == double.class) return "number";
        if (plain == boolean.class || plain == Boolean.class) return "`true`, `false`";
        if (plain == Duration.class) return "duration";
        if (plain == Path.class) return "path";
        if (plain == URI.class) return "URL";
        if (plain == Endpoint.class) return "`host:port`";
        return isTable(plain) ? "section" : "text";
    }

    private static String usual(RecordComponent component, @Nullable Object usual) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting != null && setting.required()) return "required";
        if (usual == null || usual instanceof Record || !isSupported(component)) return "";
        boolean isEmpty = (usual instanceof Optional<?> none && none.isEmpty())
                || (usual instanceof Map<?, ?> map && map.isEmpty())
                || (usual instanceof List<?> list && list.isEmpty())
                || usual.toString().isEmpty();
        if (isEmpty) return "none";
        boolean isSize = kind(component).equals("size");
        return "`" + (isSize ? Sizes.text(((Number) usual).longValue()) : text(usual)) + "`";
    }

    private static String text(Object value) {
        return switch (value) {
            case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
            case Duration duration -> Durations.text(duration);
            default -> value.toString();
        };
    }

    /// What the record's Javadoc says of the component, without the default, which has its own column.
    private static String meaning(Class<?> type, RecordComponent component) {
        StringBuilder text = new StringBuilder();
        boolean isHere = false;
        for (String line : source(type)) {
            if (!line.startsWith("///")) {
                if (line.contains("record " + type.getSimpleName())) break;
                continue;
            }
            String said = line.substring(3).strip();
            if (said.startsWith("@param ")) isHere = said.startsWith("@param " + component.getName() + " ");
            if (isHere) text.append(' ').append(said);
        }
        String all = text.toString().strip();
        if (all.isEmpty()) throw new AssertionError(type + " says nothing about " + component.getName());
        return all.substring(("@param " + component.getName()).length())
                .strip()
                .replaceFirst("[;,] (the )?default,? .*$", "")
                .replaceFirst("\\. 1 to .*$", "")
                .replaceAll("\\[[A-Za-z]*#([A-Z_]+)\\]", "`$1`")
                .replaceAll("\\[([A-Z][A-Za-z]+)#([a-z][A-Za-z]*)\\]", "`$1.$2`")
                .replaceAll("\\[([A-Z][A-Za-z]+)\\]", "`$1`")
                .replace("|", "\\|");
    }

    private static List<String> source(Class<?> type) {
        for (String module : List.of("core", "hub")) {
            Path file = TREE.resolve(module)
                    .resolve("src/main/java/" + type.getName().replace('.', '/') + ".java");
            try {
                if (Files.exists(file)) return Files.readAllLines(file);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no source of " + type);
    }
}
