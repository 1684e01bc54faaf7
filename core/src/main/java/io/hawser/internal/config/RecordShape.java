package io.hawser.internal.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What reflection knows of a record.
final class RecordShape {
    /// What a record refuses, and of which of its keys.
    record Complaint(String key, String message) {}

    private RecordShape() {}

    /// What its `defaults()` gives; null if it has none.
    static @Nullable Object defaults(Class<?> type) {
        try {
            Method method = type.getMethod("defaults");
            return Modifier.isStatic(method.getModifiers()) ? method.invoke(null) : null;
        } catch (NoSuchMethodException e) {
            return null;
        } catch (ReflectiveOperationException e) {
            throw unreadable(type, e);
        }
    }

    /// Whether it is written as one text, which its `parse` reads.
    static boolean isText(Class<?> type) {
        return Arrays.stream(type.getMethods())
                .anyMatch(method -> method.getName().equals("parse") && Modifier.isStatic(method.getModifiers()));
    }

    static @Nullable Object component(Object record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw unreadable(record.getClass(), e);
        }
    }

    /// @throws IllegalArgumentException as the record says
    static Object make(Class<?> type, @Nullable Object[] values) {
        Class<?>[] types = Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException wrong) throw wrong;
            throw unreadable(type, e);
        } catch (ReflectiveOperationException e) {
            throw unreadable(type, e);
        }
    }

    /// The component that a refusal names, by its key: a record begins with its name, `maxInFlight 0: at
    /// least 1`.
    static Complaint complaint(Class<?> type, IllegalArgumentException refusal) {
        String message = String.valueOf(refusal.getMessage());
        for (RecordComponent component : type.getRecordComponents()) {
            String key = SettingKeys.of(component);
            Pattern name = Pattern.compile("^" + component.getName() + "\\b");
            if (name.matcher(message).find()) {
                return new Complaint(key, name.matcher(message).replaceFirst("").strip());
            }
        }
        return new Complaint("", message);
    }

    /// Nothing, as `type` has it.
    static @Nullable Object nothing(Type type) {
        if (!(type instanceof ParameterizedType generic)) return null;
        if (generic.getRawType() == Optional.class) return Optional.empty();
        return generic.getRawType() == List.class ? List.of() : Map.of();
    }

    private static IllegalStateException unreadable(Class<?> type, Throwable e) {
        return new IllegalStateException(type + " cannot be made of a configuration", e);
    }
}
