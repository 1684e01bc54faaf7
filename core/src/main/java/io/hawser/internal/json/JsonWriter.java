package io.hawser.internal.json;

import io.hawser.Bytes;
import io.hawser.internal.item.ItemWriter;
import io.hawser.internal.item.Utf8;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;

/// Writes JSON without white space.
///
/// State: `left[depth - 1]` is how many items are still to come in the innermost open list (positive) or map
/// (negative, a pair being two); an even number in a map means that a key is next.
///
/// Source: RFC 8259
public final class JsonWriter implements ItemWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            .build();

    private final StringWriter out = new StringWriter();
    private final JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out);
    private long[] left = new long[8];
    private int depth;

    private JsonWriter() {}

    public static JsonWriter create() {
        return new JsonWriter();
    }

    @Override
    public JsonWriter nothing() {
        generator.writeNull();
        return written();
    }

    @Override
    public JsonWriter bool(boolean value) {
        generator.writeBoolean(value);
        return written();
    }

    @Override
    public JsonWriter integer(long value) {
        generator.writeNumber(value);
        return written();
    }

    /// @throws IllegalArgumentException for NaN and the infinities, which JSON does not have
    @Override
    public JsonWriter float32(float value) {
        if (!Float.isFinite(value)) throw new IllegalArgumentException("JSON has no " + value);
        generator.writeNumber(value);
        return written();
    }

    /// @throws IllegalArgumentException for NaN and the infinities, which JSON does not have
    @Override
    public JsonWriter float64(double value) {
        if (!Double.isFinite(value)) throw new IllegalArgumentException("JSON has no " + value);
        generator.writeNumber(value);
        return written();
    }

    @Override
    public JsonWriter text(String value) {
        if (!Utf8.hasForm(value))
            throw new IllegalArgumentException("text with an unpaired surrogate has no UTF-8 form");
        if (depth > 0 && left[depth - 1] < 0 && left[depth - 1] % 2 == 0) generator.writeName(value);
        else generator.writeString(value);
        return written();
    }

    @Override
    public JsonWriter bytes(Bytes value) {
        generator.writeString(Base64.getEncoder().encodeToString(value.toArray()));
        return written();
    }

    @Override
    public JsonWriter list(int items) {
        generator.writeStartArray();
        return open(items);
    }

    @Override
    public JsonWriter map(int pairs) {
        generator.writeStartObject();
        return open(-2L * pairs);
    }

    /// All that was written.
    public String toText() {
        generator.flush();
        return out.toString();
    }

    private JsonWriter open(long items) {
        if (depth == left.length) left = Arrays.copyOf(left, depth * 2);
        left[depth++] = items;
        return closed();
    }

    private JsonWriter written() {
        if (depth > 0) left[depth - 1] -= Long.signum(left[depth - 1]);
        return closed();
    }

    /// Ends what has no item left, and with it perhaps what it stands in.
    private JsonWriter closed() {
        while (depth > 0 && left[depth - 1] == 0) {
            if (generator.streamWriteContext().inArray()) generator.writeEndArray();
            else generator.writeEndObject();
            if (--depth > 0) left[depth - 1] -= Long.signum(left[depth - 1]);
        }
        return this;
    }
}
