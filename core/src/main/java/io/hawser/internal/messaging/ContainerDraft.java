package io.hawser.internal.messaging;

import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.item.Utf8;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import io.hawser.messaging.Party;
import io.hawser.messaging.Value;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What has been read of one container. Its keys may come in any sequence, so exact types and order are put in
/// at the end.
final class ContainerDraft {
    private static final List<String> KEYS = List.of("to", "from", "type", "order", "types", "values", "version");

    private final ItemReader in;
    private final Map<String, Value> values = new LinkedHashMap<>();
    private int keysSeen;

    Party source = Party.NONE;
    Party target = Party.NONE;
    String type = "";
    int version = 1;

    @Nullable
    String types;

    @Nullable
    List<Integer> order;

    ContainerDraft(ItemReader in) {
        this.in = in;
    }

    /// Refuses a key that containers do not have or that comes again.
    void key(String key) {
        int bit = 1 << (KEYS.indexOf(key) + 1);
        if (bit == 1) throw in.malformed("a key that containers do not have", ContainerReader.RULE);
        if ((keysSeen & bit) != 0) throw in.malformed("the key " + key + " again", ContainerReader.RULE);
        keysSeen |= bit;
    }

    /// Refuses a name that is empty or comes again.
    void name(String name) {
        if (name.isEmpty()) throw in.malformed("a value without a name", ContainerReader.RULE);
        if (values.containsKey(name)) throw in.malformed("a name that comes twice", ContainerReader.RULE);
    }

    void value(String name, Value value) {
        values.put(name, value);
    }

    /// The container, once its last key is read.
    Container build() {
        if (type.isEmpty()) throw in.malformed("a container without a type", ContainerReader.RULE);
        List<Map.Entry<String, Value>> entries = new ArrayList<>(values.entrySet());
        if (types != null || order != null) entries.sort(Map.Entry.comparingByKey(Utf8::compare));
        if (types != null) applyTypes(new NumberTypes.Cursor(types), entries);
        Collection<Map.Entry<String, Value>> sequence = order == null ? values.entrySet() : sequence(order, entries);
        ContainerBuilder built =
                Container.of(type).version(version).from(source).to(target);
        for (Map.Entry<String, Value> entry : sequence) built.with(entry.getKey(), entry.getValue());
        return built.build();
    }

    private <T> List<T> sequence(List<Integer> order, List<T> sorted) {
        List<T> sequence = new ArrayList<>(sorted.size());
        BitSet placed = new BitSet(sorted.size());
        for (int index : order) {
            if (index >= sorted.size() || placed.get(index)) break;
            placed.set(index);
            sequence.add(sorted.get(index));
        }
        if (sequence.size() != sorted.size() || sequence.size() != order.size())
            throw in.malformed("an order that does not name each value once", ContainerReader.RULE);
        return sequence;
    }

    private void applyTypes(NumberTypes.Cursor letters, List<Map.Entry<String, Value>> sorted) {
        for (Map.Entry<String, Value> entry : sorted) {
            in.path().enter(entry.getKey());
            entry.setValue(exact(entry.getValue(), letters));
            in.path().leave();
        }
        if (letters.next() != NumberTypes.END) throw in.malformed("more types than numbers", ContainerReader.RULE);
    }

    private Value exact(Value value, NumberTypes.Cursor letters) {
        return switch (value) {
            case Value.Int64(long number) -> exact(number, letters.next());
            case Value.Float64(double number) -> exact(number, letters.next());
            case Value.Items(List<Value> items) -> {
                List<Value> exact = new ArrayList<>(items.size());
                for (Value item : items) exact.add(exact(item, letters));
                yield new Value.Items(exact);
            }
            default -> value;
        };
    }

    private Value exact(long number, char letter) {
        boolean fits = switch (letter) {
            case 'b' -> number == (byte) number;
            case 'h' -> number == (short) number;
            case 'i' -> number == (int) number;
            case 'f' -> within(number, 1L << 24);
            case 'd' -> within(number, 1L << 53);
            default -> true;
        };
        if (!fits) throw misfit(number, letter);
        return switch (letter) {
            case 'b' -> new Value.Int8((byte) number);
            case 'h' -> new Value.Int16((short) number);
            case 'i' -> new Value.Int32((int) number);
            case 'q' -> new Value.Int64(number);
            case 'f' -> new Value.Float32(number);
            case 'd' -> new Value.Float64(number);
            default -> throw noLetter();
        };
    }

    private static boolean within(long number, long bound) {
        return -bound <= number && number <= bound;
    }

    private Value exact(double number, char letter) {
        return switch (letter) {
            case 'f' -> {
                float narrow = (float) number;
                if (Float.isInfinite(narrow) && !Double.isInfinite(number)) throw misfit(number, letter);
                yield new Value.Float32(narrow);
            }
            case 'd' -> new Value.Float64(number);
            case NumberTypes.END -> throw noLetter();
            default -> throw misfit(number, letter);
        };
    }

    private ProtocolError misfit(Number number, char letter) {
        return in.malformed(number + " is not of its type " + letter, ContainerReader.RULE);
    }

    private ProtocolError noLetter() {
        return in.malformed("a number that types has no letter for", ContainerReader.RULE);
    }
}
