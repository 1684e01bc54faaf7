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
import java.util.Map;
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

    /// A value as it is to be written: under which name, how long that is in UTF-8, and which it is in the
    /// container.
    private record Entry(String name, long nameBytes, Value value, int position) {
        /// The order of keys in deterministic CBOR, without measuring names again for each comparison.
        static int compare(Entry a, Entry b) {
            int bySize = Long.compare(a.nameBytes, b.nameBytes);
            return bySize != 0 ? bySize : Utf8.compare(a.name, b.name);
        }
    }

    private void container(Container container) {
        Entry[] entries = entries(container);
        Entry[] sorted = entries.clone();
        Arrays.sort(sorted, Entry::compare);
        Optional<String> types = types(sorted);
        boolean to = !container.target().isNone();
        boolean from = !container.source().isNone();
        boolean order = !json && outOfOrder(sorted);
        boolean values = entries.length > 0;
        boolean version = container.version() != 1;
        out.map(1 + one(to) + one(from) + one(order) + one(types.isPresent()) + one(values) + one(version));
        if (to) party("to", container.target());
        if (from) party("from", container.source());
        out.text("type").text(container.type());
        if (order) order(sorted);
        types.ifPresent(letters -> out.text("types").text(letters));
        if (values) values(json ? entries : sorted);
        if (version) out.text("version").integer(container.version());
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }

    private static Entry[] entries(Container container) {
        Entry[] entries = new Entry[container.values().size()];
        int position = 0;
        for (Map.Entry<String, Value> entry : container.values().entrySet()) {
            String name = entry.getKey();
            entries[position] = new Entry(name, Utf8.size(name), entry.getValue(), position);
            position++;
        }
        return entries;
    }

    private static boolean outOfOrder(Entry[] sorted) {
        for (int i = 0; i < sorted.length; i++) {
            if (sorted[i].position != i) return true;
        }
        return false;
    }

    private static Optional<String> types(Entry[] sorted) {
        NumberTypes.Collector types = new NumberTypes.Collector();
        for (Entry entry : sorted) types.add(entry.value);
        return types.types();
    }

    private void party(String key, Party party) {
        out.text(key).list(2).text(party.id()).text(party.subId());
    }

    /// For each value in the container's own order: where it stands in the sorted one.
    private void order(Entry[] sorted) {
        int[] order = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) order[sorted[i].position] = i;
        out.text("order").list(order.length);
        for (int index : order) out.integer(index);
    }

    private void values(Entry[] entries) {
        out.text("values").map(entries.length);
        for (Entry entry : entries) {
            out.text(entry.name);
            value(entry.value);
        }
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
