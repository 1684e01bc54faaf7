package io.hawser.testing;

import io.hawser.http.Headers;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/// The part of fuzzing that every build does: seeds, what is nearly a seed, and the ways to cut an input.
///
/// A target is a test class with a method `public static void fuzzerTestOneInput(byte[] input)`, which fails
/// where what must hold for any bytes does not, and `static List<byte[]> seeds()`. `./hawser fuzz` gives the
/// same classes to Jazzer, which looks at what the code does with an input, for as long as one likes.
public final class Fuzzing {
    private static final int MUTATIONS = 500;
    private static final int MAX_CUTS = 60;
    private static final byte[] TELLING = {
        0, 1, -1, 0x7f, (byte) 0x80, '\r', '\n', ' ', '"', ',', ';', ':', '/', '0', '9'
    };

    private Fuzzing() {}

    /// Runs `target` with each seed, each seed cut off, and mutations of them. Always the same.
    public static void check(List<byte[]> seeds, Consumer<byte[]> target) {
        for (byte[] seed : seeds) run(target, seed);
        for (byte[] seed : seeds) {
            int step = Math.max(1, seed.length / MAX_CUTS);
            for (int end = 0; end < seed.length; end += step) run(target, Arrays.copyOf(seed, end));
        }
        Random random = new Random(0x4841575345525fL);
        for (int round = 0; round < MUTATIONS; round++) run(target, mutated(seeds, random));
    }

    private static void run(Consumer<byte[]> target, byte[] input) {
        try {
            target.accept(input.clone());
        } catch (RuntimeException | Error failure) {
            String text = text(input).replaceAll("[^ -~]", ".");
            throw new AssertionError("with the bytes " + HexFormat.of().formatHex(input) + " (" + text + ")", failure);
        }
    }

    private static byte[] mutated(List<byte[]> seeds, Random random) {
        byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            int at = random.nextInt(input.length + 1);
            byte[] other = seeds.get(random.nextInt(seeds.size()));
            input = switch (random.nextInt(6)) {
                case 0 -> replaced(input, at, (byte) random.nextInt());
                case 1 -> replaced(input, at, TELLING[random.nextInt(TELLING.length)]);
                case 2 -> join(input, 0, at, other, random.nextInt(other.length + 1), other.length);
                case 3 -> join(input, 0, at, input, Math.min(input.length, at + 1 + random.nextInt(4)), input.length);
                case 4 -> join(input, 0, at, input, random.nextInt(at + 1), input.length);
                default -> at < input.length ? replaced(input, at, (byte) (input[at] ^ 1 << random.nextInt(8))) : input;
            };
        }
        return input;
    }

    private static byte[] replaced(byte[] input, int at, byte with) {
        if (at < input.length) input[at] = with;
        return input;
    }

    private static byte[] join(byte[] a, int from, int to, byte[] b, int begin, int end) {
        byte[] joined = Arrays.copyOf(Arrays.copyOfRange(a, from, to), to - from + end - begin);
        System.arraycopy(b, begin, joined, to - from, end - begin);
        return joined;
    }

    /// `input` whole, byte by byte, and cut at places that only depend on it: whoever reads a stream must
    /// make the same of each.
    public static List<List<byte[]>> cuts(byte[] input) {
        List<byte[]> single = new ArrayList<>();
        for (byte b : input) single.add(new byte[] {b});
        List<byte[]> pieces = new ArrayList<>();
        Random random = new Random(Arrays.hashCode(input));
        for (int at = 0; at < input.length; ) {
            int end = Math.min(input.length, at + 1 + random.nextInt(1 + random.nextInt(64)));
            pieces.add(Arrays.copyOfRange(input, at, end));
            at = end;
        }
        return List.of(List.of(input), single, pieces);
    }

    /// A character for each byte.
    public static String text(byte[] input) {
        return new String(input, StandardCharsets.ISO_8859_1);
    }

    /// The fields that `input` has, a line each; empty if one of them is none.
    public static Optional<Headers> headers(byte[] input) {
        Headers.Builder headers = Headers.builder();
        try {
            for (String line : text(input).split("\n", -1)) {
                int colon = line.indexOf(':');
                if (colon > 0)
                    headers.add(
                            line.substring(0, colon), line.substring(colon + 1).strip());
            }
            return Optional.of(headers.build());
        } catch (IllegalArgumentException notAField) {
            return Optional.empty();
        }
    }

    /// Seeds, a byte for each character.
    public static List<byte[]> seeds(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /// Writes the seeds of the target `arguments[0]` as files into the folder `arguments[1]`.
    public static void main(String... arguments) throws ReflectiveOperationException, IOException {
        Method method = Class.forName(arguments[0]).getDeclaredMethod("seeds");
        method.setAccessible(true);
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        int number = 0;
        for (Object seed : (List<?>) method.invoke(null))
            Files.write(folder.resolve("seed-" + number++), (byte[]) seed);
    }
}
