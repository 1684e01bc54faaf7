package io.hawser.internal.cbor;

import io.hawser.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Small structures of String, Long, Boolean, Bytes, List and Map as CBOR, for the offers inside greetings.
public final class CborValues {
    private CborValues() {}

    public static Bytes encode(Map<String, Object> map) {
        CborWriter out = CborWriter.create();
        write(map, out);
        return out.toBytes();
    }

    private static void write(Object value, CborWriter out) {
        if (value instanceof String text) out.text(text);
        else if (value instanceof Long integer) out.integer(integer);
        else if (value instanceof Integer integer) out.integer(integer);
        else if (value instanceof Boolean bool) out.bool(bool);
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
            throw new IllegalArgumentException("no CBOR form for " + value.getClass());
        }
    }

    /// Reads the next item, a map.
    ///
    /// @throws io.hawser.ProtocolError with code 4004 if it is none, or holds another kind of value
    public static Map<String, Object> readMap(CborReader in) {
        in.enterMap();
        Map<String, Object> map = new LinkedHashMap<>();
        while (in.hasNext()) map.put(in.readText(), read(in));
        return map;
    }

    private static Object read(CborReader in) {
        return switch (in.peek()) {
            case TEXT -> in.readText();
            case INTEGER -> in.readInteger();
            case BOOL -> in.readBool();
            case BYTES -> in.readBytes();
            case LIST -> {
                in.enterList();
                List<Object> list = new ArrayList<>();
                while (in.hasNext()) list.add(read(in));
                yield list;
            }
            case MAP -> readMap(in);
            default -> throw in.malformed("a " + in.peek() + " in an offer", "hawser.v1");
        };
    }
}
