package io.hawser.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemPath;
import io.hawser.internal.item.ItemReader;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A place in a [Container], and the value there if there is one: the way to nested values.
///
/// A number is returned in every type that holds it without loss, whatever type it was sent in, because many
/// languages have one type of integer and one of float: 5 of `int64` is an [#int8()], 300 is none; 2.5 of
/// `double` is a [#float32()], 0.1 is none; an integer is a [#float64()] up to 2^53, a float is never an
/// integer. Nothing else is converted. Who wants the exact type asks for the [#value()].
///
/// Errors: a typed getter throws [ProtocolError] 4004 where the value is missing or does not fit, with the
/// path, the type that was wanted and the one that was found, and nothing of the value but a number: a
/// handler may tell its peer that. One that lets it pass closes its session as any other failure does.
///
/// Thread: immutable.
public final class Field {
    private static final String RULE = "docs/CONTAINER.md, Values";

    private final String path;
    private final @Nullable Value value;

    Field(String path, @Nullable Value value) {
        this.path = path;
        this.value = value;
    }

    /// Where this is, such as `order.items[2].price`.
    public String path() {
        return path;
    }

    /// Whether there is a value; null is one.
    public boolean isPresent() {
        return value != null;
    }

    public boolean isNull() {
        return value instanceof Value.Null;
    }

    /// The value in the type that it has.
    public Value value() {
        return found("a value");
    }

    /// What `getter` returns, or empty where the value is missing or null: `field.optional(Field::int32)`.
    ///
    /// Errors: a value of a wrong type is one, as without `optional`.
    public <T> Optional<T> optional(Function<Field, T> getter) {
        return value == null || isNull() ? Optional.empty() : Optional.of(getter.apply(this));
    }

    /// The value of that name in the container that is here; missing if the container is.
    public Field at(String name) {
        Value child = value == null ? null : container().values().get(name);
        return new Field(ItemPath.join(path, name), child);
    }

    /// The value at that index, counted from 0, of the list that is here; missing if the list is, or is
    /// shorter.
    public Field at(int index) {
        if (index < 0) throw new IndexOutOfBoundsException(index);
        List<Value> values = value == null ? List.of() : list();
        return new Field(ItemPath.join(path, index), index < values.size() ? values.get(index) : null);
    }

    /// The places of the list that is here.
    public List<Field> items() {
        return IntStream.range(0, list().size()).mapToObj(this::at).toList();
    }

    public boolean bool() {
        if (found("bool") instanceof Value.Bool(boolean bool)) return bool;
        throw misfit("bool");
    }

    public byte int8() {
        return (byte) integer("int8", Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    public short int16() {
        return (short) integer("int16", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public int int32() {
        return (int) integer("int32", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public long int64() {
        return integer("int64", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public float float32() {
        if (found("float") instanceof Value.Float32(float number)) return number;
        double number = number("float", 1L << 24);
        float narrow = (float) number;
        if (narrow != number && !Double.isNaN(number)) throw unfit("float", number);
        return narrow;
    }

    public double float64() {
        return number("double", 1L << 53);
    }

    public String string() {
        if (found("string") instanceof Value.Text(String text)) return text;
        throw misfit("string");
    }

    public Bytes bytes() {
        if (found("bytes") instanceof Value.Binary(Bytes bytes)) return bytes;
        throw misfit("bytes");
    }

    public List<Value> list() {
        if (found("list") instanceof Value.Items(List<Value> values)) return values;
        throw misfit("list");
    }

    public Container container() {
        if (found("container") instanceof Container container) return container;
        throw misfit("container");
    }

    /// The path and the value.
    @Override
    public String toString() {
        return path + ": " + (value == null ? "missing" : ContainerText.of(value));
    }

    private long integer(String wanted, long min, long max) {
        long number = switch (found(wanted)) {
            case Value.Int8(byte n) -> n;
            case Value.Int16(short n) -> n;
            case Value.Int32(int n) -> n;
            case Value.Int64(long n) -> n;
            default -> throw misfit(wanted);
        };
        if (number < min || number > max) throw unfit(wanted, number);
        return number;
    }

    private double number(String wanted, long exactUpTo) {
        return switch (found(wanted)) {
            case Value.Float64(double number) -> number;
            case Value.Float32(float number) -> number;
            case Value.Int8 _, Value.Int16 _, Value.Int32 _, Value.Int64 _ -> integer(wanted, -exactUpTo, exactUpTo);
            default -> throw misfit(wanted);
        };
    }

    private Value found(String wanted) {
        if (value == null) throw error("missing where " + wanted + " is expected");
        return value;
    }

    private ProtocolError misfit(String wanted) {
        return error("expected " + wanted + ", found " + value().kind());
    }

    private ProtocolError unfit(String wanted, Number number) {
        return error("expected " + wanted + ", found " + number + " of " + value().kind() + ", which it cannot hold");
    }

    private ProtocolError error(String what) {
        return new ProtocolError(ItemReader.MALFORMED, path + ": " + what, RULE);
    }
}
