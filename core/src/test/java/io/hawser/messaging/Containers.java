package io.hawser.messaging;

import io.hawser.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Containers for tests.
public final class Containers {
    private static final long[] EDGES = {
        0,
        1,
        23,
        24,
        127,
        128,
        255,
        256,
        32_767,
        32_768,
        65_535,
        65_536,
        Integer.MAX_VALUE,
        1L << 31,
        1L << 32,
        1L << 53,
        (1L << 53) + 1,
        Long.MAX_VALUE
    };
    private static final double[] UNUSUAL = {
        0.0,
        -0.0,
        0.1,
        1.5,
        1e300,
        Double.MIN_VALUE,
        Double.MAX_VALUE,
        Double.NaN,
        Double.POSITIVE_INFINITY,
        Double.NEGATIVE_INFINITY
    };

    private Containers() {}

    /// A container with a value of each type, at both ends of its range.
    public static Container ofEveryType() {
        return Container.of("every.type")
                .from("shop", "till-2")
                .to("desk")
                .version(7)
                .withNull("nothing")
                .with("yes", true)
                .with("no", false)
                .with("int8", Byte.MIN_VALUE)
                .with("int16", Short.MAX_VALUE)
                .with("int32", Integer.MIN_VALUE)
                .with("int64", Long.MAX_VALUE)
                .with("float", 0.1f)
                .with("double", 0.1)
                .with("text", "Größe 水 𐅑 \"quoted\" \\ \n \u0000")
                .with("bytes", Bytes.ofHex("0001feff"))
                .with("list", List.of(1, (byte) 1, "a", 2.5f, List.of(), List.of(3L, List.of((short) 4)), false))
                .with("inner", Container.of("inner").with("b", 1).with("a", 2L).build())
                .build();
    }

    /// Any container of at most that depth.
    public static Container random(Random random, int depth) {
        ContainerBuilder built = Container.of(text(random, 1));
        if (random.nextBoolean()) built.from(text(random, 1), text(random, 0));
        if (random.nextBoolean()) built.to(text(random, 1), text(random, 0));
        if (random.nextBoolean()) built.version(random.nextInt(Integer.MAX_VALUE));
        for (int n = random.nextInt(8); n > 0; n--) built.with(text(random, 1), value(random, depth - 1));
        return built.build();
    }

    private static Value value(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 10)) {
            case 0 -> Value.NULL;
            case 1 -> new Value.Bool(random.nextBoolean());
            case 2 -> new Value.Int8((byte) integer(random));
            case 3 -> new Value.Int16((short) integer(random));
            case 4 -> new Value.Int32((int) integer(random));
            case 5 -> new Value.Int64(integer(random));
            case 6 -> new Value.Float32((float) real(random));
            case 7 -> new Value.Float64(real(random));
            case 8 -> new Value.Text(text(random, 0));
            case 9 -> new Value.Binary(noise(random));
            case 10 -> random(random, depth);
            default -> {
                List<Value> items = new ArrayList<>();
                for (int n = random.nextInt(5); n > 0; n--) items.add(value(random, depth - 1));
                yield new Value.Items(items);
            }
        };
    }

    private static long integer(Random random) {
        long edge = EDGES[random.nextInt(EDGES.length)];
        return switch (random.nextInt(3)) {
            case 0 -> edge;
            case 1 -> ~edge;
            default -> random.nextLong() >> random.nextInt(64);
        };
    }

    private static double real(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> UNUSUAL[random.nextInt(UNUSUAL.length)];
            case 1 -> Float.intBitsToFloat(random.nextInt());
            default -> Double.longBitsToDouble(random.nextLong());
        };
    }

    private static String text(Random random, int min) {
        int[] points = {'a', 'b', 'z', '.', ' ', '"', '\\', '\n', 0x7f, 0xe9, 0x7ff, 0x6c34, 0xfffd, 0x10151, 0x10ffff};
        StringBuilder text = new StringBuilder();
        for (int n = min + random.nextInt(6); n > 0; n--) text.appendCodePoint(points[random.nextInt(points.length)]);
        return text.toString();
    }

    private static Bytes noise(Random random) {
        byte[] noise = new byte[random.nextInt(30)];
        random.nextBytes(noise);
        return Bytes.wrap(noise);
    }
}
