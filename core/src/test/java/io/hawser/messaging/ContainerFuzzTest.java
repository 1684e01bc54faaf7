package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any bytes are a container or refused; what was read has one form in CBOR, survives both encodings, and is
/// within the limits.
public final class ContainerFuzzTest {
    private static final ContainerLimits LIMITS =
            ContainerLimits.defaults().withMaxBytes(4096).withMaxDepth(8).withMaxValues(64);

    public static void fuzzerTestOneInput(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        check(() -> Container.fromCbor(bytes, LIMITS));
        check(() -> Container.fromJson(bytes, LIMITS));
    }

    private interface Reading {
        Container read();
    }

    private static void check(Reading reading) {
        Container read;
        try {
            read = reading.read();
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isEqualTo(4004);
            return;
        } catch (LimitExceeded over) {
            assertThat(over.limit()).isIn("maxBytes", "maxDepth", "maxValues");
            return;
        }
        ContainerLimits any = ContainerLimits.defaults();
        assertThat(Container.fromCbor(read.toCbor(), any)).isEqualTo(read);
        assertThat(Container.fromCbor(read.toCbor(), any).toCbor()).isEqualTo(read.toCbor());
        assertThat(Container.fromJson(read.toJson(), any)).isEqualTo(read);
        assertThat(read.values().size()).isLessThanOrEqualTo(64);
    }

    static List<byte[]> seeds() {
        Container order = Container.of("order.new")
                .from("shop", "till-2")
                .to("desk")
                .with("qty", 3)
                .with("f", 1.5f)
                .with("b", Bytes.ofHex("00ff"))
                .with("items", List.of(Container.of("item").with("price", 9.5).build()))
                .build();
        List<byte[]> seeds = new ArrayList<>(
                Fuzzing.seeds(order.toJson(), Container.of("x").build().toJson()));
        seeds.add(order.toCbor().toArray());
        seeds.add(Container.of("x").with("n", true).build().toCbor().toArray());
        return seeds;
    }

    @Test
    void anyBytesAreAContainerOrRefused() {
        Fuzzing.check(seeds(), ContainerFuzzTest::fuzzerTestOneInput);
    }
}
