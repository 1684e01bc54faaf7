package io.hawser.internal.session;

import io.hawser.session.Key;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A few typed values, in an array of key, value, key, value: sessions have one to three, and most have none.
///
/// Thread: immutable.
final class Attributes {
    static final Attributes NONE = new Attributes(new @Nullable Object[0]);

    private final @Nullable Object[] pairs;

    private Attributes(@Nullable Object[] pairs) {
        this.pairs = pairs;
    }

    /// These, with `value` under `key`.
    @SuppressWarnings("ReferenceEquality") // keys are identities
    <T> Attributes with(Key<T> key, T value) {
        int at = 0;
        while (at < pairs.length && pairs[at] != key) at += 2;
        @Nullable Object[] changed = Arrays.copyOf(pairs, Math.max(pairs.length, at + 2));
        changed[at] = key;
        changed[at + 1] = value;
        return new Attributes(changed);
    }

    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // with() stored under this key what has its type
    <T> Optional<T> of(Key<T> key) {
        for (int at = 0; at < pairs.length; at += 2) {
            if (pairs[at] == key) return Optional.ofNullable((T) pairs[at + 1]);
        }
        return Optional.empty();
    }
}
