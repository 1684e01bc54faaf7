package io.hawser.internal.tick;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.item.Utf8;
import io.hawser.tick.ValueCodec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/// Values that Jackson reads and writes.
public record MappedCodec<V>(ObjectMapper mapper, Class<V> type) implements ValueCodec<V> {
    private static final int MALFORMED = 4004;

    public static final ValueCodec<Bytes> BYTES = new ValueCodec<>() {
        @Override
        public Bytes encode(Bytes value) {
            return value;
        }

        @Override
        public Bytes decode(Bytes bytes) {
            return bytes;
        }
    };

    public static final ValueCodec<String> TEXT = new ValueCodec<>() {
        @Override
        public Bytes encode(String value) {
            return Bytes.wrap(Utf8.encode(value));
        }

        @Override
        public String decode(Bytes bytes) {
            byte[] utf8 = bytes.toArray();
            String text = Utf8.decode(utf8, 0, utf8.length);
            if (text == null) throw new ProtocolError(MALFORMED, "a value that is not UTF-8", "RFC 3629");
            return text;
        }
    };

    @Override
    public Bytes encode(V value) {
        try {
            return Bytes.wrap(mapper.writeValueAsBytes(value));
        } catch (JacksonException e) {
            String what = "no form of a " + type.getSimpleName() + ": " + e.getOriginalMessage();
            throw new IllegalArgumentException(what, e);
        }
    }

    @Override
    public V decode(Bytes bytes) {
        try {
            return mapper.readValue(bytes.toArray(), type);
        } catch (JacksonException e) {
            throw new ProtocolError(
                    MALFORMED, "no " + type.getSimpleName() + ": " + e.getOriginalMessage(), "ValueCodec");
        }
    }
}
