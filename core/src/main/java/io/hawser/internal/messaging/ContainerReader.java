package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.item.Utf8;
import io.hawser.internal.json.JsonReader;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerLimits;
import io.hawser.messaging.Party;
import io.hawser.messaging.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads containers, strictly: an unknown key, a name that comes twice or a type that a number does not fit is
/// refused.
///
/// Source: docs/CONTAINER.md
public final class ContainerReader {
    static final String RULE = "docs/CONTAINER.md";

    private final ItemReader in;
    private final boolean json;
    private final ContainerLimits limits;
    private int valuesSeen;

    private ContainerReader(ItemReader in, boolean json, ContainerLimits limits) {
        this.in = in;
        this.json = json;
        this.limits = limits;
    }

    public static Container fromCbor(Bytes input, ContainerLimits limits) {
        checkSize(input.size(), limits);
        return new ContainerReader(CborReader.of(input, itemDepth(limits)), false, limits).message();
    }

    public static Container fromJson(Bytes input, ContainerLimits limits) {
        checkSize(input.size(), limits);
        return new ContainerReader(JsonReader.of(input, itemDepth(limits)), true, limits).message();
    }

    public static Container fromJson(String input, ContainerLimits limits) {
        checkSize(input.length(), limits);
        checkSize(Utf8.size(input), limits);
        return new ContainerReader(JsonReader.of(input, itemDepth(limits)), true, limits).message();
    }

    private static void checkSize(long bytes, ContainerLimits limits) {
        if (bytes > limits.maxBytes()) throw new LimitExceeded("maxBytes", limits.maxBytes(), bytes, Processed.NO);
    }

    /// A container takes two levels of items, and inside it may be the map that stands for bytes in JSON.
    private static int itemDepth(ContainerLimits limits) {
        return 2 * limits.maxDepth() + 1;
    }

    private Container message() {
        in.enterMap();
        Container container = container(1);
        in.end();
        return container;
    }

    /// Reads a container whose map is entered.
    private Container container(int depth) {
        checkDepth(depth);
        return members(new ContainerDraft(in), depth);
    }

    private Container members(ContainerDraft draft, int depth) {
        while (in.hasNext()) member(in.readText(), draft, depth);
        return draft.build();
    }

    private void member(String key, ContainerDraft draft, int depth) {
        draft.key(key);
        switch (key) {
            case "to" -> draft.target = party();
            case "from" -> draft.source = party();
            case "type" -> draft.type = in.readText();
            case "order" -> draft.order = order();
            case "types" -> draft.types = in.readText();
            case "values" -> values(draft, depth);
            case "version" -> draft.version = version();
            default -> throw new IllegalStateException(key);
        }
    }

    private Party party() {
        String[] ids = {"", ""};
        int read = 0;
        in.enterList();
        while (in.hasNext()) {
            if (read == ids.length) throw in.malformed("a party of more than an id and a sub-id", RULE);
            ids[read++] = in.readText();
        }
        if (ids[0].isEmpty()) throw in.malformed("a party without an id", RULE);
        return Party.of(ids[0], ids[1]);
    }

    private int version() {
        long version = in.readInteger();
        if (version < 0 || version > Integer.MAX_VALUE) throw in.malformed("version " + version, RULE);
        return (int) version;
    }

    private List<Integer> order() {
        in.enterList();
        List<Integer> order = new ArrayList<>();
        while (in.hasNext()) {
            long index = in.readInteger();
            if (order.size() == limits.maxValues()) throw tooMany(order.size() + 1L);
            if (index < 0 || index > Integer.MAX_VALUE) throw in.malformed("order has an index " + index, RULE);
            order.add((int) index);
        }
        return order;
    }

    private void values(ContainerDraft draft, int depth) {
        checkCount(in.enterMap());
        while (in.hasNext()) {
            String name = in.readText();
            in.path().enter(name);
            draft.name(name);
            draft.value(name, value(depth));
            in.path().leave();
        }
    }

    /// Reads a value that is in a container or list of that depth.
    private Value value(int depth) {
        if (++valuesSeen > limits.maxValues()) throw tooMany(valuesSeen);
        return switch (in.peek()) {
            case NULL -> {
                in.readNull();
                yield Value.NULL;
            }
            case BOOL -> new Value.Bool(in.readBool());
            case INTEGER -> new Value.Int64(in.readInteger());
            case FLOAT -> new Value.Float64(in.readFloat());
            case TEXT -> new Value.Text(in.readText());
            case BYTES -> new Value.Binary(in.readBytes());
            case LIST -> list(depth + 1);
            case MAP -> map(depth + 1);
        };
    }

    private Value list(int depth) {
        checkDepth(depth);
        checkCount(in.enterList());
        List<Value> values = new ArrayList<>();
        while (in.hasNext()) {
            in.path().enter(values.size());
            values.add(value(depth));
            in.path().leave();
        }
        return new Value.Items(values);
    }

    /// A container; in JSON perhaps one of the maps that stand for what JSON has no notation for.
    private Value map(int depth) {
        in.enterMap();
        if (!json) return container(depth);
        if (!in.hasNext()) throw in.malformed("a container without a type", RULE);
        String key = in.readText();
        @Nullable
        Value special = switch (key) {
            case "base64" -> new Value.Binary(in.readBytes());
            case "float" -> new Value.Float64(unusual(in.readText()));
            default -> null;
        };
        if (special == null) {
            checkDepth(depth);
            ContainerDraft draft = new ContainerDraft(in);
            member(key, draft, depth);
            return members(draft, depth);
        }
        if (in.hasNext()) throw in.malformed("a key beside " + key, RULE);
        return special;
    }

    private double unusual(String name) {
        return switch (name) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw in.malformed("a float that is neither NaN nor Infinity nor -Infinity", RULE);
        };
    }

    private void checkDepth(int depth) {
        if (depth > limits.maxDepth()) throw new LimitExceeded("maxDepth", limits.maxDepth(), depth, Processed.NO);
    }

    /// Refuses a declared number of values before any of them is read.
    private void checkCount(int declared) {
        if (declared > limits.maxValues() - valuesSeen) throw tooMany((long) valuesSeen + declared);
    }

    private LimitExceeded tooMany(long seen) {
        return new LimitExceeded("maxValues", limits.maxValues(), seen, Processed.NO);
    }
}
