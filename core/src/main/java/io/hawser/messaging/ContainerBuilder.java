package io.hawser.messaging;

import io.hawser.Bytes;
import io.hawser.internal.item.Utf8;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Puts a [Container] together.
///
/// A name that is set again keeps its place and gets the new value. A builder may build several containers.
///
/// Errors: [IllegalArgumentException] for a name or string with an unpaired surrogate and for an empty name.
///
/// Thread: one at a time.
public final class ContainerBuilder {
    private SequencedMap<String, Value> values = new LinkedHashMap<>();
    private boolean handedOver;
    private Party source = Party.NONE;
    private Party target = Party.NONE;
    private String type;
    private int version = 1;

    ContainerBuilder(String type) {
        this.type = type;
    }

    public ContainerBuilder from(String id) {
        return from(Party.of(id));
    }

    public ContainerBuilder from(String id, String subId) {
        return from(Party.of(id, subId));
    }

    public ContainerBuilder from(Party source) {
        this.source = source;
        return this;
    }

    public ContainerBuilder to(String id) {
        return to(Party.of(id));
    }

    public ContainerBuilder to(String id, String subId) {
        return to(Party.of(id, subId));
    }

    public ContainerBuilder to(Party target) {
        this.target = target;
        return this;
    }

    public ContainerBuilder type(String type) {
        this.type = type;
        return this;
    }

    /// The version of what the type means; 1 where nothing is said.
    public ContainerBuilder version(int version) {
        this.version = version;
        return this;
    }

    public ContainerBuilder with(String name, boolean value) {
        return with(name, new Value.Bool(value));
    }

    public ContainerBuilder with(String name, byte value) {
        return with(name, new Value.Int8(value));
    }

    public ContainerBuilder with(String name, short value) {
        return with(name, new Value.Int16(value));
    }

    public ContainerBuilder with(String name, int value) {
        return with(name, new Value.Int32(value));
    }

    public ContainerBuilder with(String name, long value) {
        return with(name, new Value.Int64(value));
    }

    public ContainerBuilder with(String name, float value) {
        return with(name, new Value.Float32(value));
    }

    public ContainerBuilder with(String name, double value) {
        return with(name, new Value.Float64(value));
    }

    public ContainerBuilder with(String name, String value) {
        return with(name, new Value.Text(value));
    }

    public ContainerBuilder with(String name, Bytes value) {
        return with(name, new Value.Binary(value));
    }

    /// A list of what [Value#of(Object)] takes.
    public ContainerBuilder with(String name, List<?> values) {
        return with(name, Value.of(values));
    }

    /// A value of any type, a nested container among them.
    public ContainerBuilder with(String name, Value value) {
        if (name.isEmpty()) throw new IllegalArgumentException("a value without a name");
        if (!Utf8.hasForm(name)) throw new IllegalArgumentException("a name with an unpaired surrogate");
        own().put(name, value);
        return this;
    }

    public ContainerBuilder withNull(String name) {
        return with(name, Value.NULL);
    }

    /// Takes the value of that name out, if there is one.
    public ContainerBuilder without(String name) {
        own().remove(name);
        return this;
    }

    /// Whether a value of that name is set.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// The container as it stands now.
    ///
    /// @throws IllegalArgumentException for an empty type, a negative version, or a nesting beyond
    ///     [ContainerLimits#DEPTH_CEILING]
    public Container build() {
        Container built = new Container(source, target, type, version, values);
        handedOver = true;
        return built;
    }

    /// The values to write to: a copy where a container has the last ones.
    private Map<String, Value> own() {
        if (handedOver) values = new LinkedHashMap<>(values);
        handedOver = false;
        return values;
    }
}
