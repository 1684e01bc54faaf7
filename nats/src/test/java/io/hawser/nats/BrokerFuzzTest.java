package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.nats.NodeEnvelope.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever comes from a broker as a subject, as a key of a bucket, and as what a node says, with a
/// signature that is right, too: it is what we would have written, or nothing.
public final class BrokerFuzzTest {
    private static final Names NAMES = new Names("hawser");
    private static final List<Bytes> KEYS = List.of(Bytes.ofUtf8("a key of the cluster's"));
    private static final NodePost POST = new NodePost("two", () -> KEYS, () -> 1_000_000, 8);

    public static void fuzzerTestOneInput(byte[] input) {
        names(new String(input, StandardCharsets.UTF_8));
        names(new String(input, StandardCharsets.ISO_8859_1));
        said(input);
        said(NodeEnvelope.signed(input, KEYS.getFirst()));
        assertThat(ClusterKeys.parse(input))
                .hasSize(input.length % ClusterKeys.BYTES == 0 ? input.length / ClusterKeys.BYTES : 0);
    }

    private static void names(String text) {
        NAMES.topic("hawser.log." + text)
                .ifPresent(topic -> assertThat(NAMES.log(topic)).isEqualTo("hawser.log." + text));
        Names.text(text).ifPresent(name -> assertThat(Names.part(name)).isEqualTo(text));
        NatsPresence.Key.parse(text).ifPresent(key -> assertThat(key.text()).isEqualTo(text));
        if (MessageIds.isOne(text)) assertThat(text).hasSize(43);
    }

    private static void said(byte[] sealed) {
        NodeEnvelope.open(sealed, KEYS).ifPresent(said -> {
            assertThat(NodeEnvelope.open(said.sealed(KEYS), KEYS)).contains(said);
            if (said.kind() == Kind.WORD) assertThat(POST.openQuestion(sealed)).isEmpty();
        });
        var _ = POST.openQuestion(sealed);
        var _ = POST.openWord("$hub.stats", Bytes.copyOf(sealed));
        assertThat(POST.known()).isLessThanOrEqualTo(8);
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : List.of("room.1", "=24hub.stats", "=C3=A4.b", "a-run.s1.room=2E1", "x".repeat(255))) {
            seeds.add(text.getBytes(StandardCharsets.UTF_8));
        }
        NodePost one = new NodePost("one", () -> KEYS, () -> 1_000_000, 8);
        for (byte[] sealed : List.of(
                one.seal(one.question("two", Bytes.ofUtf8("how"))),
                one.sealWord("$hub.stats", Bytes.ofUtf8("figures")))) {
            seeds.add(sealed);
            seeds.add(Arrays.copyOfRange(sealed, NodeEnvelope.MAC_BYTES, sealed.length));
        }
        return seeds;
    }

    @Test
    void anyBytesAreWhatWeWouldHaveWrittenOrNothing() {
        List<byte[]> seeds = seeds();
        for (byte[] seed : seeds) {
            for (int size = 0; size <= seed.length; size++) run(Arrays.copyOf(seed, size));
        }
        Random random = new Random(42);
        for (int round = 0; round < 5000; round++) {
            byte[] input = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                input[random.nextInt(input.length)] = (byte) random.nextInt();
            }
            run(input);
        }
    }

    private static void run(byte[] input) {
        try {
            fuzzerTestOneInput(input.clone());
        } catch (RuntimeException | Error failure) {
            throw new AssertionError("with the bytes " + HexFormat.of().formatHex(input), failure);
        }
    }
}
