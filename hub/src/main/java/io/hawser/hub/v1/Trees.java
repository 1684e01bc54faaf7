package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.item.ItemWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Carries a value from one notation to the other. JSON does not say sizes in advance and CBOR needs them,
/// so the value is held in between.
final class Trees {
    private static final Object NOTHING = new Object();

    private Trees() {}

    static void copy(ItemReader in, ItemWriter out) {
        write(read(in), out);
    }

    private static Object read(ItemReader in) {
        return switch (in.peek()) {
            case NULL -> {
                in.readNull();
                yield NOTHING;
            }
            case BOOL -> in.readBool();
            case INTEGER -> in.readInteger();
            case FLOAT -> in.readFloat();
            case TEXT -> in.readText();
            case BYTES -> in.readBytes();
            case LIST -> {
                List<Object> list = new ArrayList<>();
                in.enterList();
                while (in.hasNext()) list.add(read(in));
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                in.enterMap();
                while (in.hasNext()) map.put(in.readText(), read(in));
                yield map;
            }
        };
    }

    private static void write(Object value, ItemWriter out) {
        if (value instanceof String text) out.text(text);
        else if (value instanceof Long integer) out.integer(integer);
        else if (value instanceof Boolean bool) out.bool(bool);
        else if (value instanceof Double number && Double.isFinite(number)) out.float64(number);
        else if (value instanceof Bytes bytes) out.bytes(bytes);
        else if (value instanceof List<?> list) {
            out.list(list.size());
            for (Object item : list) write(item, out);
        } else if (value instanceof Map<?, ?> map) {
            out.map(map.size());
            map.forEach((key, item) -> {
                out.text((String) key);
                write(item, out);
            });
        } else {
            // NaN and the infinities, too, which JSON does not have.
            out.nothing();
        }
    }
}
