package io.hawser.internal.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.json.JsonReader;
import io.hawser.internal.json.JsonWriter;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Any bytes are one item of CBOR, or of JSON, or refused with 4004; what was read is written and read back
/// the same, and nothing is believed of a length that the input does not hold.
public final class ItemFuzzTest {
    private static final int DEPTH = 16;
    private static final Object NULL = "null";

    public static void fuzzerTestOneInput(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        read(() -> CborReader.of(bytes, DEPTH), input.length).ifPresent(item -> {
            CborWriter out = CborWriter.create();
            write(item, out);
            assertThat(read(() -> CborReader.of(out.toBytes(), DEPTH), Integer.MAX_VALUE))
                    .contains(item);
        });
        read(() -> JsonReader.of(bytes, DEPTH), input.length).ifPresent(item -> {
            JsonWriter out = JsonWriter.create();
            write(item, out);
            assertThat(read(() -> JsonReader.of(out.toText(), DEPTH), Integer.MAX_VALUE))
                    .contains(item);
        });
    }

    private interface Opening {
        ItemReader open();
    }

    private static Optional<Object> read(Opening opening, int size) {
        try {
            ItemReader skipping = opening.open();
            skipping.skip();
            skipping.end();
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isEqualTo(ItemReader.MALFORMED);
            return Optional.empty();
        } catch (LimitExceeded deep) {
            return Optional.empty();
        }
        // What could be passed over can be read.
        ItemReader in = opening.open();
        Object item = item(in, size);
        in.end();
        return Optional.of(item);
    }

    private static Object item(ItemReader in, int size) {
        return switch (in.peek()) {
            case NULL -> {
                in.readNull();
                yield NULL;
            }
            case BOOL -> in.readBool();
            case INTEGER -> in.readInteger();
            case FLOAT -> in.readFloat();
            case TEXT -> "t" + in.readText();
            case BYTES -> in.readBytes();
            case LIST -> {
                assertThat(in.enterList()).isLessThanOrEqualTo(size);
                List<Object> list = new ArrayList<>();
                while (in.hasNext()) list.add(item(in, size));
                yield list;
            }
            case MAP -> {
                assertThat(in.enterMap()).isLessThanOrEqualTo(size);
                Map<String, Object> map = new LinkedHashMap<>();
                while (in.hasNext()) map.put(in.readText(), item(in, size));
                yield map;
            }
        };
    }

    private static void write(Object item, ItemWriter out) {
        switch (item) {
            case Boolean bool -> out.bool(bool);
            case Long integer -> out.integer(integer);
            case Double number -> out.float64(number);
            case String text when text.startsWith("t") -> out.text(text.substring(1));
            case Bytes bytes -> out.bytes(bytes);
            case List<?> list -> {
                out.list(list.size());
                for (Object one : list) write(one, out);
            }
            case Map<?, ?> map -> {
                out.map(map.size());
                map.forEach((key, value) -> {
                    out.text((String) key);
                    write(value, out);
                });
            }
            default -> out.nothing();
        }
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(Fuzzing.seeds(
                "{\"id\":1,\"sub\":{\"topic\":\"a.b\",\"pos\":{\"e\":\"x\",\"o\":9007199254740991,\"g\":\"7\"}}}",
                "[1,-2.5e3,true,false,null,\"\\u00e9\\ud83d\\ude00\",[],{}]",
                "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
                "{\"d\":\"AAH+\"} "));
        for (String hex : List.of(
                "a36269640163737562a165746f706963636162ff6164820102",
                "bf61619f01f97e00fb3ff0000000000000ff61625f42010243ff",
                "9bffffffffffffffff",
                "7a7fffffff61",
                "c074323031",
                "f6",
                "3b7fffffffffffffff")) seeds.add(Bytes.ofHex(hex).toArray());
        return seeds;
    }

    @Test
    void anyBytesAreAnItemOrRefused() {
        Fuzzing.check(seeds(), ItemFuzzTest::fuzzerTestOneInput);
    }
}
