package io.hawser.internal.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.hawser.config.ConfigEntry;
import io.hawser.config.ConfigProblem;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes records of the objects of a configuration, and goes on after a problem, to find all of them.
///
/// A component that the file does not mention has the value of the record's `defaults()`; where there are
/// none, it is empty if it is an [Optional], a list or a map, and else has to be mentioned.
///
/// Thread: not safe; for one reading.
public final class RecordReader {
    private final Overrides overrides;
    private final Origins origins;
    private final List<Found> found = new ArrayList<>();
    private final List<ConfigEntry> entries = new ArrayList<>();

    public RecordReader(Overrides overrides, Origins origins) {
        this.overrides = overrides;
        this.origins = origins;
    }

    /// One place of the configuration: what is to be read there, and what there is.
    ///
    /// @param value of the file; null if it does not say
    private record Place(String key, Trait trait, @Nullable ConfigValue value) {
        Place at(String name, @Nullable ConfigValue found) {
            return new Place(SettingKeys.join(key, name), trait, found);
        }

        @Nullable
        ConfigOrigin origin() {
            return value == null ? null : value.origin();
        }
    }

    private record Found(int line, ConfigProblem problem) {}

    /// Reads a record at `path`; empty if there is a problem.
    public <R extends Record> Optional<R> read(Class<R> type, String path, @Nullable ConfigValue value) {
        @Nullable Object read = record(type, RecordShape.defaults(type), new Place(path, Trait.NONE, value));
        if (path.isEmpty()) {
            for (RecordComponent section : type.getRecordComponents()) unknownOverrides(SettingKeys.of(section));
        } else {
            unknownOverrides(path);
        }
        return found.isEmpty() ? Optional.ofNullable(type.cast(read)) : Optional.empty();
    }

    private void unknownOverrides(String section) {
        for (ConfigProblem problem : overrides.unknown(section)) found.add(new Found(Integer.MAX_VALUE, problem));
    }

    /// What is wrong, by line, and last what no file says.
    public List<ConfigProblem> problems() {
        return found.stream()
                .sorted(Comparator.comparingInt(Found::line))
                .map(Found::problem)
                .toList();
    }

    public List<ConfigEntry> entries() {
        return entries;
    }

    /// @return null if there was a problem
    private @Nullable Object record(Class<?> type, @Nullable Object defaults, Place place) {
        ConfigObject object = object(place);
        if (place.value() != null && object == null) return null;
        RecordComponent[] components = type.getRecordComponents();
        List<String> known = new ArrayList<>(components.length);
        @Nullable Object[] values = new @Nullable Object[components.length];
        boolean isWhole = true;
        for (int i = 0; i < components.length; i++) {
            String name = SettingKeys.of(components[i]);
            known.add(name);
            Trait trait = Trait.of(components[i]);
            Place below =
                    new Place(SettingKeys.join(place.key(), name), trait, object == null ? null : object.get(name));
            @Nullable
            Object usual =
                    defaults == null || trait.isRequired() ? null : RecordShape.component(defaults, components[i]);
            values[i] = component(components[i].getGenericType(), usual, below);
            if (values[i] == null) isWhole = false;
        }
        if (object != null) unknown(object, known, place);
        return isWhole ? made(type, values, place, object) : null;
    }

    private void unknown(ConfigObject object, List<String> known, Place place) {
        for (Map.Entry<String, ConfigValue> each : object.entrySet()) {
            if (known.contains(each.getKey())) continue;
            Optional<String> meant = SettingKeys.meant(each.getKey(), known);
            String hint = meant.map(name -> "; is it " + name + "?")
                    .orElseGet(() -> "; there " + (known.size() == 1 ? "is " : "are ") + String.join(", ", known));
            problem(place.at(each.getKey(), each.getValue()), "unknown key" + hint);
        }
    }

    private @Nullable Object made(
            Class<?> type, @Nullable Object[] values, Place place, @Nullable ConfigObject object) {
        try {
            return RecordShape.make(type, values);
        } catch (IllegalArgumentException e) {
            RecordShape.Complaint complaint = RecordShape.complaint(type, e);
            Place of = complaint.key().isEmpty()
                    ? place
                    : place.at(complaint.key(), object == null ? null : object.get(complaint.key()));
            problem(of, complaint.message());
            return null;
        }
    }

    /// The value of a component, or null after a problem.
    private @Nullable Object component(Type type, @Nullable Object usual, Place place) {
        if (place.value() != null && place.value().valueType() == ConfigValueType.NULL) {
            problem(place, "null is no value; without the key it has its default");
            return null;
        }
        if (!place.trait().isSupported()) return unsupported(type, usual, place);
        if (!(type instanceof ParameterizedType generic)) return plain((Class<?>) type, usual, place);
        Type of = generic.getActualTypeArguments()[0];
        if (generic.getRawType() == Optional.class) return optional(of, usual, place);
        if (generic.getRawType() == List.class) return list(of, (List<?>) usual, place);
        if (generic.getRawType() == Map.class) {
            return map((Class<?>) generic.getActualTypeArguments()[1], (Map<?, ?>) usual, place);
        }
        throw new IllegalStateException(place.key() + " is a " + type + ", which cannot be read");
    }

    private @Nullable Object unsupported(Type type, @Nullable Object usual, Place place) {
        if (place.value() != null || overrides.find(place.key()).isPresent()) {
            problem(place, "is not supported yet");
            return null;
        }
        return usual == null ? RecordShape.nothing(type) : usual;
    }

    private @Nullable Object plain(Class<?> type, @Nullable Object usual, Place place) {
        if (isSection(type)) {
            if (place.trait().isRequired() && place.value() == null && !overrides.isBelow(place.key())) {
                problem(place, "is missing");
                return null;
            }
            return record(type, usual == null ? RecordShape.defaults(type) : usual, place);
        }
        Optional<Overrides.Said> override = overrides.find(place.key());
        if (override.isPresent()) {
            String origin = override.get().origin();
            return scalar(type, override.get().text(), origin, new Place(place.key(), place.trait(), null));
        }
        ConfigValue value = place.value();
        if (value == null) {
            if (usual == null) problem(place, "is missing");
            else entry(place, usual, "default", true);
            return usual;
        }
        if (value.valueType() == ConfigValueType.OBJECT || value.valueType() == ConfigValueType.LIST) {
            problem(place, "one value, not " + (value.valueType() == ConfigValueType.LIST ? "a list" : "an object"));
            return null;
        }
        return scalar(type, String.valueOf(value.unwrapped()), origins.text(value.origin()), place);
    }

    private @Nullable Object scalar(Class<?> type, String text, String origin, Place place) {
        try {
            Object value = Scalars.parse(type, text, place.trait().isSize(), origins.folder(place.origin()));
            entry(place, value, origin, false);
            return value;
        } catch (IllegalArgumentException | ArithmeticException e) {
            problem(origin, place, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Object optional(Type of, @Nullable Object usual, Place place) {
        boolean isSaid = place.value() != null
                || overrides.find(place.key()).isPresent()
                || (isSection(of) && overrides.isBelow(place.key()));
        if (!isSaid) return usual == null ? Optional.empty() : usual;
        if (isEmptyText(place)) return Optional.empty();
        @Nullable Object value = component(of, usual instanceof Optional<?> some ? some.orElse(null) : null, place);
        return value == null ? null : Optional.of(value);
    }

    /// Whether it has keys of its own. A value has none: a variable that begins as that of its key is of another.
    private static boolean isSection(Type of) {
        return !(of instanceof Class<?> type) || (type.isRecord() && !RecordShape.isText(type));
    }

    private boolean isEmptyText(Place place) {
        Optional<Overrides.Said> override = overrides.find(place.key());
        if (override.isPresent()) return override.get().text().isEmpty();
        return place.value() != null && "".equals(place.value().unwrapped());
    }

    private @Nullable Object list(Type of, @Nullable List<?> usual, Place place) {
        Optional<Overrides.Said> override = overrides.find(place.key());
        if (override.isPresent()) return separated(of, override.get(), place);
        ConfigValue value = place.value();
        if (value == null) {
            if (place.trait().isRequired()) {
                problem(place, "is missing");
                return null;
            }
            return usual == null ? List.of() : usual;
        }
        if (!(value instanceof ConfigList list)) {
            problem(place, "a list, such as [ a, b ]");
            return null;
        }
        List<Object> values = new ArrayList<>();
        boolean isWhole = true;
        int index = 0;
        for (ConfigValue each : list) {
            Place at = place.at(Integer.toString(index++), each);
            @Nullable Object made = component(of, null, at);
            if (made == null) isWhole = false;
            else values.add(made);
        }
        return isWhole ? values : null;
    }

    private @Nullable Object separated(Type of, Overrides.Said override, Place place) {
        if (!(of instanceof Class<?> type) || isSection(type)) {
            problem(override.origin(), place, "can be said by a file only");
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (String text : override.text().split(",", -1)) {
            @Nullable Object made = scalar(type, text.strip(), override.origin(), place);
            if (made == null) return null;
            values.add(made);
        }
        return values;
    }

    private @Nullable Object map(Class<?> of, @Nullable Map<?, ?> usual, Place place) {
        if (place.value() == null) return usual == null ? Map.of() : usual;
        ConfigObject object = object(place);
        if (object == null) return null;
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : inOrder(object)) {
            @Nullable Object made = component(of, null, place.at(name, object.get(name)));
            if (made != null) values.put(name, made);
        }
        return values.size() == object.size() ? values : null;
    }

    /// The names of an object as the file has them: the parser forgets their order, and remembers their
    /// lines.
    private static List<String> inOrder(ConfigObject object) {
        List<String> names = new ArrayList<>(object.keySet());
        names.sort((a, b) -> Integer.compare(line(object, a), line(object, b)));
        return names;
    }

    private static int line(ConfigObject object, String name) {
        @Nullable ConfigValue value = object.get(name);
        return value == null ? 0 : value.origin().lineNumber();
    }

    private @Nullable ConfigObject object(Place place) {
        if (place.value() == null || place.value() instanceof ConfigObject) return (ConfigObject) place.value();
        problem(place, "an object, such as { key = value }");
        return null;
    }

    private void problem(Place place, String message) {
        ConfigOrigin origin = place.origin();
        problem(origin == null ? origins.file() : origins.text(origin), place, message);
    }

    private void problem(String where, Place place, String message) {
        ConfigOrigin origin = place.origin();
        int line = origin == null ? Integer.MAX_VALUE : origin.lineNumber();
        found.add(new Found(line, new ConfigProblem(where, place.key(), message)));
    }

    private void entry(Place place, Object value, String origin, boolean isDefault) {
        String text = place.trait().isSecret()
                ? Trait.STARS
                : Masks.of(Scalars.literal(value, place.trait().isSize()));
        entries.add(new ConfigEntry(place.key(), text, origin, isDefault));
    }
}
