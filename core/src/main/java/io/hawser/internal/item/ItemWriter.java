package io.hawser.internal.item;

import io.hawser.Bytes;

/// Writes one message, item by item, into memory.
///
/// A list or map is begun with its size, and ends by itself with its last item. The keys of a map are texts,
/// each written before its value; whoever wants deterministic output writes them in the order of
/// [Utf8#compare(String, String)].
/// Errors: IllegalArgumentException for what the notation has no form for: a text with an unpaired surrogate,
/// NaN in JSON.
/// Thread: one at a time.
public interface ItemWriter {
    ItemWriter nothing();

    ItemWriter bool(boolean value);

    ItemWriter integer(long value);

    /// Distinct from [#float64(double)] because the shortest decimal of a float is not that of the equal
    /// double.
    ItemWriter float32(float value);

    ItemWriter float64(double value);

    ItemWriter text(String value);

    /// Shape: in JSON a string in base64.
    ItemWriter bytes(Bytes value);

    ItemWriter list(int items);

    ItemWriter map(int pairs);
}
