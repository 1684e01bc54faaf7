package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemWriter;
import io.hawser.internal.item.Utf8;
import io.hawser.internal.json.JsonWriter;
import io.hawser.messaging.Container;
import io.hawser.messaging.Party;
import io.hawser.messaging.Value;
import java.util.Arrays;
import java.util.Optional;

/// Writes containers: one form for each, and what is as it is by default is left out.
///
/// CBOR sorts the values by name, as deterministic encoding wants, and keeps their own order beside them where
/// it is another. JSON has them in their own order. Keys come in the order of deterministic CBOR in both.
///
/// Source: docs/CONTAINER.md
public final class ContainerWriter {
    private final ItemWriter out;
    private final boolean json;

    private ContainerWriter(ItemWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    public static Bytes toCbor(Container container) {
        CborWriter out = CborWriter.create();
        new ContainerWriter(out, false).container(container);
        return out.toBytes();
    }

    public static String toJson(Container container) {
        JsonWriter out = JsonWriter.create();
        new ContainerWriter(out, true).container(container);
        return out.toText();
    }

    private void container(Container container) {
        String[] names = container.values().keySet().toArray(String[]::new);
        String[] sorted = names.clone();
        boolean inOrder = inOrder(names);
        if (!inOrder) Arrays.sort(sorted, Utf8::compare);
        Optional<String> types = types(container, sorted);
        boolean to = !container.target().isNone();
        boolean from = !container.source().isNone();
        boolean order = !json && !inOrder;
        boolean values = names.length > 0;
        boolean version = container.version() != 1;
        out.map(1 + one(to) + one(from) + one(order) + one(types.isPresent()) + one(values) + one(version));
        if (to) party("to", container.target());
        if (from) party("from", container.source());
        out.text("type").text(container.type());
        if (order) order(names, sorted);
        types.ifPresent(letters -> out.text("types").text(letters));
        if (values) {
            out.text("values").map(names.length);
            for (String name : json ? names : sorted) {
                out.text(name);
                value(container.value(name));
            }
        }
        if (version) out.text("version").integer(container.version());
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }

    private static boolean inOrder(String[] names) {
        for (int i = 1; i < names.length; i++) {
            if (Utf8.compare(names[i - 1], names[i]) > 0) return false;
        }
        return true;
    }

    private static Optional<String> types(Container container, String[] sorted) {
        NumberTypes.Collector types = new NumberTypes.Collector();
        for (String name : sorted) types.add(container.value(name));
        return types.types();
    }

    private void party(String key, Party party) {
        out.text(key).list(2).text(party.id()).text(party.subId());
    }

    private void order(String[] names, String[] sorted) {
        out.text("order").list(names.length);
        for (String name : names) out.integer(Arrays.binarySearch(sorted, name, Utf8::compare));
    }

    private void value(Value value) {
        switch (value) {
            case Value.Null _ -> out.nothing();
            case Value.Bool(boolean bool) -> out.bool(bool);
            case Value.Int8(byte n) -> out.integer(n);
            case Value.Int16(short n) -> out.integer(n);
            case Value.Int32(int n) -> out.integer(n);
            case Value.Int64(long n) -> out.integer(n);
            case Value.Float32(float n) -> {
                if (json && !Float.isFinite(n)) unusual(n);
                else out.float32(n);
            }
            case Value.Float64(double n) -> {
                if (json && !Double.isFinite(n)) unusual(n);
                else out.float64(n);
            }
            case Value.Text(String text) -> out.text(text);
            case Value.Binary(Bytes bytes) -> {
                if (json) out.map(1).text("base64");
                out.bytes(bytes);
            }
            case Value.Items items -> {
                out.list(items.values().size());
                for (Value item : items.values()) value(item);
            }
            case Container container -> container(container);
        }
    }

    /// NaN and the infinities, which JSON has no numbers for.
    private void unusual(double number) {
        out.map(1).text("float").text(Double.toString(number));
    }
}
