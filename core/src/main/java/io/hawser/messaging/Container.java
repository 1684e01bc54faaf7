package io.hawser.messaging;

import io.hawser.Bytes;
import io.hawser.internal.item.Utf8;
import io.hawser.internal.messaging.ContainerReader;
import io.hawser.internal.messaging.ContainerWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// A message that describes itself: who it is from and for, its type and version, and named values in their
/// order, each of an exact type that every encoding keeps.
///
/// ```java
/// Container order = Container.of("order.new").from("shop", "till-2").to("desk")
///         .with("qty", 3)
///         .with("items", List.of(Container.of("item").with("price", 9.5).build()))
///         .build();
/// double price = order.at("items").at(0).at("price").float64();
/// ```
///
/// Two are equal when all of that is, the order of the names included; then their CBOR is the same to the byte.
///
/// Errors: the typed getters are those of [Field], and so are their conversions and errors.
///
/// Thread: immutable. Source: docs/CONTAINER.md
public final class Container implements Value {
    private final Party source;
    private final Party target;
    private final String type;
    private final int version;
    private final SequencedMap<String, Value> values;
    private final int depth;

    /// Owner: takes `values` over.
    Container(Party source, Party target, String type, int version, SequencedMap<String, Value> values) {
        if (type.isEmpty()) throw new IllegalArgumentException("a container without a type");
        if (!Utf8.hasForm(type)) throw new IllegalArgumentException("a type with an unpaired surrogate");
        if (version < 0) throw new IllegalArgumentException("version is " + version + ", allowed are 0 and more");
        this.source = source;
        this.target = target;
        this.type = type;
        this.version = version;
        this.values = Collections.unmodifiableSequencedMap(values);
        this.depth = Nesting.check(values.values());
    }

    /// Begins a container of that type, version 1, from and to nobody.
    public static ContainerBuilder of(String type) {
        return new ContainerBuilder(type);
    }

    /// Decodes CBOR, ours or a foreign encoder's.
    ///
    /// Errors: [io.hawser.ProtocolError] 4004 with the offset and path for what is not a container;
    /// [io.hawser.LimitExceeded].
    public static Container fromCbor(Bytes input, ContainerLimits limits) {
        return ContainerReader.fromCbor(input, limits);
    }

    /// Decodes JSON.
    ///
    /// Errors: as [#fromCbor(Bytes, ContainerLimits)].
    public static Container fromJson(String input, ContainerLimits limits) {
        return ContainerReader.fromJson(input, limits);
    }

    /// Decodes JSON in UTF-8.
    ///
    /// Errors: as [#fromCbor(Bytes, ContainerLimits)].
    public static Container fromJson(Bytes input, ContainerLimits limits) {
        return ContainerReader.fromJson(input, limits);
    }

    /// Encodes as CBOR, deterministically.
    ///
    /// Source: RFC 8949, section 4.2.1
    public Bytes toCbor() {
        return ContainerWriter.toCbor(this);
    }

    /// Encodes as JSON, the values in their order.
    public String toJson() {
        return ContainerWriter.toJson(this);
    }

    /// Who sent it; [Party#NONE] where it does not say.
    public Party source() {
        return source;
    }

    /// Whom it is for; [Party#NONE] where it does not say.
    public Party target() {
        return target;
    }

    public String type() {
        return type;
    }

    public int version() {
        return version;
    }

    /// The values by name, in their order.
    public SequencedMap<String, Value> values() {
        return values;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// The value of that name in the type that it has.
    public Value value(String name) {
        return at(name).value();
    }

    /// The place of that name, there or not: the way to nested values.
    public Field at(String name) {
        return new Field(name, values.get(name));
    }

    /// What `getter` returns, or empty where the value is missing or null: `container.optional("qty",
    /// Field::int32)`.
    public <T> Optional<T> optional(String name, Function<Field, T> getter) {
        return at(name).optional(getter);
    }

    public boolean bool(String name) {
        return at(name).bool();
    }

    public byte int8(String name) {
        return at(name).int8();
    }

    public short int16(String name) {
        return at(name).int16();
    }

    public int int32(String name) {
        return at(name).int32();
    }

    public long int64(String name) {
        return at(name).int64();
    }

    public float float32(String name) {
        return at(name).float32();
    }

    public double float64(String name) {
        return at(name).float64();
    }

    public String string(String name) {
        return at(name).string();
    }

    public Bytes bytes(String name) {
        return at(name).bytes();
    }

    public List<Value> list(String name) {
        return at(name).list();
    }

    public Container container(String name) {
        return at(name).container();
    }

    @Override
    public String kind() {
        return "container";
    }

    /// Begins a changed copy.
    public ContainerBuilder toBuilder() {
        ContainerBuilder builder =
                new ContainerBuilder(type).version(version).from(source).to(target);
        values.forEach(builder::with);
        return builder;
    }

    /// Begins an answer: of that type, from this one's target to its source, in its version, without its
    /// values.
    public ContainerBuilder reply(String type) {
        return new ContainerBuilder(type).version(version).from(target).to(source);
    }

    int depth() {
        return depth;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Container that
                && version == that.version
                && type.equals(that.type)
                && source.equals(that.source)
                && target.equals(that.target)
                && values.equals(that.values)
                && new ArrayList<>(values.keySet()).equals(new ArrayList<>(that.values.keySet()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, version, source, target, values);
    }

    /// At most about 1,000 characters.
    @Override
    public String toString() {
        return ContainerText.of(this);
    }
}
