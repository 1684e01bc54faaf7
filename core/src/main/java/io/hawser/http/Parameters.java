package io.hawser.http;

import io.hawser.internal.http.Percent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/// The names and values of a query or of a form, decoded, in their order and with their duplicates.
///
/// Shape: `application/x-www-form-urlencoded`: pairs separated by `&`, `+` for a space, percent-encoded UTF-8.
/// A name
/// without `=` has an empty value.
///
/// Thread: immutable, safe from any. Source: WHATWG URL, section 5
public final class Parameters {
    public static final Parameters EMPTY = new Parameters(List.of());

    /// Name, value, name, value.
    private final List<String> pairs;

    private Parameters(List<String> pairs) {
        this.pairs = pairs;
    }

    /// The parameters of `namesAndValues`, which take turns.
    public static Parameters of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) throw new IllegalArgumentException("a name without a value");
        return new Parameters(List.of(namesAndValues));
    }

    /// Parses `encoded`, which is what follows the `?` of a URL, or the body of a form.
    ///
    /// @throws io.hawser.ProtocolError with code 400 if an escape is broken or is not UTF-8
    public static Parameters parse(String encoded) {
        if (encoded.isEmpty()) return EMPTY;
        List<String> pairs = new ArrayList<>();
        int from = 0;
        while (from <= encoded.length()) {
            int to = encoded.indexOf('&', from);
            if (to < 0) to = encoded.length();
            if (to > from) addPair(encoded.substring(from, to), pairs);
            from = to + 1;
        }
        return pairs.isEmpty() ? EMPTY : new Parameters(List.copyOf(pairs));
    }

    private static void addPair(String pair, List<String> pairs) {
        int equals = pair.indexOf('=');
        pairs.add(Percent.decodeForm(equals < 0 ? pair : pair.substring(0, equals)));
        pairs.add(equals < 0 ? "" : Percent.decodeForm(pair.substring(equals + 1)));
    }

    public int size() {
        return pairs.size() / 2;
    }

    public boolean isEmpty() {
        return pairs.isEmpty();
    }

    public boolean has(String name) {
        return indexOf(name, 0) >= 0;
    }

    /// The first value of that name.
    public Optional<String> first(String name) {
        int at = indexOf(name, 0);
        return at < 0 ? Optional.empty() : Optional.of(pairs.get(at + 1));
    }

    /// The first value of that name, or `otherwise`.
    public String value(String name, String otherwise) {
        int at = indexOf(name, 0);
        return at < 0 ? otherwise : pairs.get(at + 1);
    }

    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        for (int at = indexOf(name, 0); at >= 0; at = indexOf(name, at + 2)) values.add(pairs.get(at + 1));
        return List.copyOf(values);
    }

    /// With one more at the end.
    public Parameters adding(String name, String value) {
        List<String> more = new ArrayList<>(pairs);
        more.add(name);
        more.add(value);
        return new Parameters(List.copyOf(more));
    }

    /// Calls `action` with each name and value, in order.
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < pairs.size(); i += 2) action.accept(pairs.get(i), pairs.get(i + 1));
    }

    private int indexOf(String name, int from) {
        for (int i = from; i < pairs.size(); i += 2) {
            if (pairs.get(i).equals(name)) return i;
        }
        return -1;
    }

    /// The encoded form, which parses back to equal parameters.
    public String encode() {
        StringBuilder encoded = new StringBuilder();
        forEach((name, value) -> {
            if (!encoded.isEmpty()) encoded.append('&');
            encoded.append(Percent.encodeForm(name)).append('=').append(Percent.encodeForm(value));
        });
        return encoded.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && pairs.equals(that.pairs);
    }

    @Override
    public int hashCode() {
        return pairs.hashCode();
    }

    @Override
    public String toString() {
        return encode();
    }
}
