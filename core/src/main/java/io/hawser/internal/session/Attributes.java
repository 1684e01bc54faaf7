package io.hawser.internal.session;

import io.hawser.session.Key;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A few typed values, in an array of key, value, key, value: sessions have one to three, and most have none.
///
/// Thread: safe from any, by its monitor.
final class Attributes {
    private @Nullable Object[] pairs = new @Nullable Object[2];

    @SuppressWarnings("ReferenceEquality") // keys are identities
    synchronized <T> void put(Key<T> key, T value) {
        int at = 0;
        while (at < pairs.length && pairs[at] != null && pairs[at] != key) at += 2;
        if (at == pairs.length) pairs = Arrays.copyOf(pairs, at + 2);
        pairs[at] = key;
        pairs[at + 1] = value;
    }

    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // put() stored under this key what has its type
    synchronized <T> Optional<T> get(Key<T> key) {
        for (int at = 0; at < pairs.length; at += 2) {
            if (pairs[at] == key) return Optional.ofNullable((T) pairs[at + 1]);
        }
        return Optional.empty();
    }
}
