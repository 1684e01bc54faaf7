package io.hawser.tick;

import io.hawser.Bytes;
import io.hawser.internal.tick.MappedCodec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/// The form that the values of a [SharedMap] have between processes.
///
/// Thread: safe from any.
public interface ValueCodec<V> {
    /// The form of `value`.
    ///
    /// @throws IllegalArgumentException if it has none
    Bytes encode(V value);

    /// Reads what [#encode] wrote.
    ///
    /// @throws io.hawser.ProtocolError if `bytes` are no such value
    V decode(Bytes bytes);

    /// Bytes as they are.
    static ValueCodec<Bytes> bytes() {
        return MappedCodec.BYTES;
    }

    /// Text in UTF-8. Text with an unpaired surrogate has no form.
    static ValueCodec<String> text() {
        return MappedCodec.TEXT;
    }

    /// Values of `type`, such as a record, as JSON.
    static <V> ValueCodec<V> json(Class<V> type) {
        return new MappedCodec<>(JsonMapper.shared(), type);
    }

    /// Values of `type`, such as a record, as CBOR.
    static <V> ValueCodec<V> cbor(Class<V> type) {
        return new MappedCodec<>(CBORMapper.shared(), type);
    }
}
