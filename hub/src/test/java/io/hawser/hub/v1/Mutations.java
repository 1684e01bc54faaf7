package io.hawser.hub.v1;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// What every build tries of a fuzz target of this module: its seeds, each cut off, and mutations of them.
final class Mutations {
    private static final int ROUNDS = 5000;

    private Mutations() {}

    static void check(List<byte[]> seeds, Consumer<byte[]> target) {
        for (byte[] seed : seeds) {
            for (int size = 0; size <= seed.length; size++) run(target, Arrays.copyOf(seed, size));
        }
        Random random = new Random(42);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            run(target, input);
        }
    }

    private static void run(Consumer<byte[]> target, byte[] input) {
        try {
            target.accept(input.clone());
        } catch (RuntimeException | Error failure) {
            throw new AssertionError("with the bytes " + HexFormat.of().formatHex(input), failure);
        }
    }
}
