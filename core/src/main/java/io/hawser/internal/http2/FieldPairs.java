package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.internal.http.HttpParts;
import java.util.Arrays;

/// The fields of one header block, in their order, up to a number of them.
///
/// Thread: the event loop.
final class FieldPairs {
    private static final int USUAL_STRINGS = 24;

    private final int maxFields;
    private String[] pairs = new String[USUAL_STRINGS];
    private int length;
    private boolean hasTooMany;

    FieldPairs(int maxFields) {
        this.maxFields = maxFields;
    }

    /// Begins anew.
    ///
    /// @param reserved places in front, for what is [#put] there later
    void begin(int reserved) {
        length = 2 * reserved;
        hasTooMany = false;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /// Whether a field was left out.
    boolean hasTooMany() {
        return hasTooMany;
    }

    /// Adds one at the end.
    ///
    /// @return its place, below zero if it is one too many
    int add(String name, String value) {
        if (length >= 2 * maxFields) {
            hasTooMany = true;
            return -1;
        }
        if (length == pairs.length) pairs = Arrays.copyOf(pairs, 2 * length);
        pairs[length++] = name;
        pairs[length++] = value;
        return length / 2 - 1;
    }

    /// Replaces what is at `place`, or fills it.
    void put(int place, String name, String value) {
        pairs[2 * place] = name;
        pairs[2 * place + 1] = value;
    }

    String value(int place) {
        return pairs[2 * place + 1];
    }

    /// The fields, once.
    Headers take() {
        if (length == 0) return Headers.EMPTY;
        Headers headers = HttpParts.trusted().headers(pairs, length);
        pairs = new String[Math.max(USUAL_STRINGS, length)];
        length = 0;
        return headers;
    }
}
