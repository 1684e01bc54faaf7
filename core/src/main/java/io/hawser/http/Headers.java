package io.hawser.http;

import io.hawser.internal.http.FieldLists;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.http.Tokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// The fields of a message, in their order, with their duplicates; also those of a trailer.
///
/// Shape: names are tokens, compared without case and kept with it. A value has no white space around it
/// and is ISO 8859-1, one character a byte, without control characters except the tab.
///
/// Errors: a name or value that must not be sent is an [IllegalArgumentException] where it is put in, so no
/// text can add a field or a message of its own.
///
/// Thread: immutable, safe from any. Source: RFC 9110 section 5
public final class Headers {
    private static final String[] NO_FIELDS = {};

    public static final Headers EMPTY = new Headers(NO_FIELDS, 0);

    static {
        HttpParts.register(new TrustedParts());
    }

    /// Name, value, name, value.
    final String[] pairs;

    /// How many strings of `pairs` count.
    final int length;

    /// What an encoder keeps of these fields; any thread may set it, and all would set the same.
    volatile @Nullable Object encoded;

    /// Owner: takes `pairs`, whose names and values are known to be good.
    Headers(String[] pairs, int length) {
        this.pairs = pairs;
        this.length = length;
    }

    /// The fields of `namesAndValues`, which take turns.
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) throw new IllegalArgumentException("a name without a value");
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) builder.add(namesAndValues[i], namesAndValues[i + 1]);
        return builder.build();
    }

    public static Builder builder() {
        return new Builder(NO_FIELDS, 0);
    }

    /// A builder that begins with these fields.
    public Builder toBuilder() {
        return new Builder(pairs, length);
    }

    /// How many fields there are, duplicates counted.
    public int size() {
        return length / 2;
    }

    public boolean isEmpty() {
        return length == 0;
    }

    /// The name of field `index`, counted from 0, as it was written.
    public String nameAt(int index) {
        return pairs[2 * Objects.checkIndex(index, size())];
    }

    /// The value of field `index`, counted from 0.
    public String valueAt(int index) {
        return pairs[2 * Objects.checkIndex(index, size()) + 1];
    }

    public boolean has(String name) {
        return indexOf(name, 0) >= 0;
    }

    /// The value of the first field of that name.
    public Optional<String> first(String name) {
        int at = indexOf(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(pairs[at + 1]);
    }

    /// The value of the first field of that name, or `otherwise`.
    public String value(String name, String otherwise) {
        int at = indexOf(name, 0);
        return at < 0 ? otherwise : pairs[at + 1];
    }

    /// The values of all fields of that name, each whole.
    public List<String> all(String name) {
        int at = indexOf(name, 0);
        if (at < 0) return List.of();
        if (indexOf(name, at + 2) < 0) return List.of(pairs[at + 1]);
        List<String> values = new ArrayList<>(2);
        for (; at >= 0; at = indexOf(name, at + 2)) values.add(pairs[at + 1]);
        return List.copyOf(values);
    }

    /// The members of a field that is a list, over all its lines: split at commas that are in no quoted
    /// string, without white space, empty ones left out.
    ///
    /// Not for `Set-Cookie`, and not for dates: their commas separate nothing. Source: RFC 9110 section 5.6.1
    public List<String> list(String name) {
        int at = indexOf(name, 0);
        if (at < 0) return List.of();
        if (indexOf(name, at + 2) < 0 && pairs[at + 1].indexOf(',') < 0) {
            String member = Tokens.trim(pairs[at + 1]);
            return member.isEmpty() ? List.of() : List.of(member);
        }
        List<String> members = new ArrayList<>(4);
        for (; at >= 0; at = indexOf(name, at + 2)) FieldLists.split(pairs[at + 1], members);
        return List.copyOf(members);
    }

    /// Whether the list of that name has `member`, compared without case.
    public boolean lists(String name, String member) {
        for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at + 2)) {
            if (FieldLists.contains(pairs[at + 1], member)) return true;
        }
        return false;
    }

    /// The names, in lower case and alphabetic order.
    public Set<String> names() {
        Set<String> names = new TreeSet<>();
        for (int i = 0; i < length; i += 2) names.add(pairs[i].toLowerCase(Locale.ROOT));
        return names;
    }

    /// Calls `action` with each name and value, in order.
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < length; i += 2) action.accept(pairs[i], pairs[i + 1]);
    }

    /// With one field of that name, in the place of the first that there was or at the end.
    public Headers with(String name, String value) {
        return toBuilder().set(name, value).build();
    }

    /// With one more field at the end.
    public Headers adding(String name, String value) {
        return toBuilder().add(name, value).build();
    }

    /// With all fields of `more` at the end.
    public Headers adding(Headers more) {
        if (more.isEmpty()) return this;
        return isEmpty() ? more : toBuilder().addAll(more).build();
    }

    /// Without any field of that name.
    public Headers without(String name) {
        return has(name) ? toBuilder().remove(name).build() : this;
    }

    /// The index in `pairs` of the next name like `name`, from `from` on; below zero if there is none.
    private int indexOf(String name, int from) {
        return indexOf(pairs, length, name, from);
    }

    @SuppressWarnings("ReferenceEquality") // the same string is the same name; most codecs intern them
    private static int indexOf(String[] pairs, int length, String name, int from) {
        for (int i = from; i < length; i += 2) {
            String candidate = pairs[i];
            if (candidate == name || candidate.equalsIgnoreCase(name)) return i;
        }
        return -1;
    }

    /// Whether the fields are the same in the same order, names compared without case.
    @Override
    public boolean equals(Object other) {
        if (this == other) return true;
        if (!(other instanceof Headers that) || length != that.length) return false;
        for (int i = 0; i < length; i += 2) {
            if (!pairs[i].equalsIgnoreCase(that.pairs[i]) || !pairs[i + 1].equals(that.pairs[i + 1])) return false;
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < length; i += 2) {
            hash = 31 * hash + pairs[i].toLowerCase(Locale.ROOT).hashCode();
            hash = 31 * hash + pairs[i + 1].hashCode();
        }
        return hash;
    }

    /// All on one line, for a log: the values of `Authorization`, `Proxy-Authorization`, `Cookie`, `Set-Cookie`
    /// and `Authentication-Info` are left out. A secret in another field is shown.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Headers[");
        for (int i = 0; i < length; i += 2) {
            if (i > 0) text.append("; ");
            text.append(pairs[i]).append(": ").append(FieldLists.isSecret(pairs[i]) ? "…" : pairs[i + 1]);
        }
        return text.append(']').toString();
    }

    /// Collects fields. Not safe for use by several threads.
    public static final class Builder {
        private String[] pairs;
        private int length;

        /// Whether `pairs` is of headers already, and must be copied before it changes.
        private boolean shared = true;

        private Builder(String[] pairs, int length) {
            this.pairs = pairs;
            this.length = length;
        }

        /// Adds one field at the end.
        public Builder add(String name, String value) {
            String checked = Tokens.checkValue(Tokens.check("field name", name), value);
            own(length + 2);
            pairs[length] = name;
            pairs[length + 1] = checked;
            length += 2;
            return this;
        }

        public Builder addAll(Headers headers) {
            own(length + headers.length);
            System.arraycopy(headers.pairs, 0, pairs, length, headers.length);
            length += headers.length;
            return this;
        }

        /// Puts one field in the place of all those of its name, or at the end.
        public Builder set(String name, String value) {
            int at = indexOf(pairs, length, name, 0);
            if (at < 0) return add(name, value);
            String checked = Tokens.checkValue(Tokens.check("field name", name), value);
            own(length);
            pairs[at] = name;
            pairs[at + 1] = checked;
            removeFrom(at + 2, name);
            return this;
        }

        /// Removes all fields of that name.
        public Builder remove(String name) {
            removeFrom(0, name);
            return this;
        }

        public boolean has(String name) {
            return indexOf(pairs, length, name, 0) >= 0;
        }

        private void removeFrom(int from, String name) {
            int to = indexOf(pairs, length, name, from);
            if (to < 0) return;
            own(length);
            for (int i = to + 2; i < length; i += 2) {
                if (pairs[i].equalsIgnoreCase(name)) continue;
                pairs[to] = pairs[i];
                pairs[to + 1] = pairs[i + 1];
                to += 2;
            }
            length = to;
        }

        private void own(int needed) {
            if (needed > pairs.length) pairs = Arrays.copyOf(pairs, Math.max(needed, Math.max(8, 2 * length)));
            else if (shared) pairs = pairs.clone();
            shared = false;
        }

        /// The fields so far; the builder may go on.
        public Headers build() {
            shared = true;
            return length == 0 ? EMPTY : new Headers(pairs, length);
        }
    }
}
