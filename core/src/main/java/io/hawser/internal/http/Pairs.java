package io.hawser.internal.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A small immutable map in an array of key, value, key, value.
public final class Pairs {
    private Pairs() {}

    public static @Nullable Object get(Object[] pairs, Object key) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(key)) return pairs[i + 1];
        }
        return null;
    }

    /// A copy of `pairs`, where there are any, in which `key` has `value`.
    public static Object[] with(Object @Nullable [] pairs, Object key, Object value) {
        if (pairs == null) return new Object[] {key, value};
        for (int i = 0; i < pairs.length; i += 2) {
            if (!pairs[i].equals(key)) continue;
            Object[] copy = pairs.clone();
            copy[i + 1] = value;
            return copy;
        }
        Object[] longer = Arrays.copyOf(pairs, pairs.length + 2);
        longer[pairs.length] = key;
        longer[pairs.length + 1] = value;
        return longer;
    }
}
