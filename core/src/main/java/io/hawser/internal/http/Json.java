package io.hawser.internal.http;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// JSON of values. Unknown properties are passed over; what follows the value is an error.
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private Json() {}

    public static Bytes write(Object value) {
        try {
            return Bytes.wrap(MAPPER.writeValueAsBytes(value));
        } catch (JacksonException failure) {
            throw new IllegalArgumentException("no JSON of " + value.getClass().getName(), failure);
        }
    }

    /// Reads `body` as it comes, at most `maxBytes` of it.
    public static Object read(Body body, Type type, long maxBytes) {
        try (InputStream stream = new PieceStream(new LimitedBody(body, maxBytes))) {
            Object value = MAPPER.readValue(stream, MAPPER.constructType(type));
            if (value == null) throw malformed("null where a value is expected", null);
            return value;
        } catch (JacksonException unfit) {
            throw reading(unfit);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// As [#read], of a class.
    public static <T> T readAs(Body body, Class<T> type, long maxBytes) {
        checkNotPrimitive("type", type);
        return type.cast(read(body, type, maxBytes));
    }

    /// As [#read], of an array.
    public static <T> List<T> readList(Body body, Class<T> element, long maxBytes) {
        checkNotPrimitive("element", element);
        List<T> list = new ArrayList<>();
        for (Object each : (Object[]) read(body, element.arrayType(), maxBytes)) {
            if (each == null) throw malformed("JSON does not fit at $[" + list.size() + "], which is null", null);
            list.add(element.cast(each));
        }
        return Collections.unmodifiableList(list);
    }

    /// No object is of such a type.
    private static void checkNotPrimitive(String name, Class<?> type) {
        if (type.isPrimitive()) throw new IllegalArgumentException(name + " " + type + ": a primitive type");
    }

    /// Jackson wraps what the body threw while it was being read.
    private static RuntimeException reading(JacksonException unfit) {
        for (Throwable cause = unfit; cause != null; cause = cause.getCause()) {
            if (cause instanceof HawserException failure) return failure;
            if (cause instanceof UncheckedIOException failure) return failure;
        }
        return malformed(wrong(unfit), unfit);
    }

    /// What is wrong with the document, without a name of ours.
    private static String wrong(JacksonException unfit) {
        if (unfit instanceof DatabindException misfit) return "JSON does not fit at " + path(misfit);
        if (unfit instanceof StreamConstraintsException) return "JSON too deep, or with a number or name too long";
        if (!(unfit instanceof StreamReadException syntax)) return "malformed JSON";
        return "malformed JSON at line %d, column %d"
                .formatted(
                        syntax.getLocation().getLineNr(), syntax.getLocation().getColumnNr());
    }

    /// Where in the document it does not fit, without a name of ours.
    private static String path(DatabindException unfit) {
        StringBuilder path = new StringBuilder("$");
        for (JacksonException.Reference step : unfit.getPath()) {
            if (step.getPropertyName() != null) path.append('.').append(step.getPropertyName());
            else path.append('[').append(step.getIndex()).append(']');
        }
        return path.toString();
    }

    private static ProtocolError malformed(String message, @Nullable Throwable cause) {
        ProtocolError error = new ProtocolError(400, message, "RFC 8259");
        if (cause != null) error.addSuppressed(cause);
        return error;
    }
}
