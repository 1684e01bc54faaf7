package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.cbor.CborWriter;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContainerLimitsTest {
    private static final ContainerLimits LIMITS = ContainerLimits.defaults();

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(LIMITS).isEqualTo(new ContainerLimits(1_048_576, 32, 10_000));
        assertThat(LIMITS.withMaxBytes(1).withMaxDepth(2).withMaxValues(3)).isEqualTo(new ContainerLimits(1, 2, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIMITS.withMaxBytes(0))
                .withMessage("maxBytes is 0, allowed are 1 to 2147483647");
        assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.withMaxDepth(0));
        assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.withMaxDepth(257));
        assertThatIllegalArgumentException().isThrownBy(() -> LIMITS.withMaxValues(-1));
    }

    @Test
    void nestingStopsAtTheLimit() {
        for (int limit : new int[] {1, 2, 31, 32, 256}) {
            ContainerLimits limits = LIMITS.withMaxDepth(limit);
            reads(containers(limit), limits);
            reads(lists(limit), limits);
            if (limit == 256) continue;
            exceeds("maxDepth", limit, limit + 1L, containers(limit + 1), limits);
            exceeds("maxDepth", limit, limit + 1L, lists(limit + 1), limits);
        }
    }

    @Test
    void whatJsonWritesAsAMapIsNoDeeperThanAValue() {
        Container bytesAndNan = Container.of("t")
                .with("bytes", Bytes.ofHex("00"))
                .with("nan", Double.NaN)
                .build();
        reads(bytesAndNan, LIMITS.withMaxDepth(1));
    }

    @Test
    void theSizeIsCheckedBeforeAnythingElse() {
        Container container = Container.of("größe").with("x", "y".repeat(1000)).build();
        Bytes cbor = container.toCbor();
        Bytes json = Bytes.ofUtf8(container.toJson());
        assertThat(Container.fromCbor(cbor, LIMITS.withMaxBytes(cbor.size()))).isEqualTo(container);
        assertThat(Container.fromJson(json, LIMITS.withMaxBytes(json.size()))).isEqualTo(container);
        assertThat(Container.fromJson(json.toUtf8(), LIMITS.withMaxBytes(json.size())))
                .isEqualTo(container);
        ContainerLimits short1 = LIMITS.withMaxBytes(cbor.size() - 1);
        ContainerLimits short2 = LIMITS.withMaxBytes(json.size() - 1);
        exceeds("maxBytes", cbor.size() - 1, cbor.size(), () -> Container.fromCbor(cbor, short1));
        exceeds("maxBytes", json.size() - 1, json.size(), () -> Container.fromJson(json, short2));
        exceeds("maxBytes", json.size() - 1, json.size(), () -> Container.fromJson(json.toUtf8(), short2));
    }

    @Test
    void valuesAreCountedWhereverTheyAre() {
        for (int limit : new int[] {0, 1, 10_000}) {
            ContainerLimits limits = LIMITS.withMaxValues(limit);
            for (Container full : full(limit)) {
                reads(full, limits);
                exceeds(
                        "maxValues",
                        limit,
                        limit + 1L,
                        full.toBuilder().with("z", 1).build(),
                        limits);
            }
        }
    }

    private static List<Container> full(int values) {
        ContainerBuilder flat = Container.of("t");
        for (int i = 0; i < values; i++) flat.with("n" + i, i);
        if (values < 4) return List.of(flat.build());
        Container list = Container.of("t")
                .with("list", Collections.nCopies(values - 1, 1L))
                .build();
        Container inner = Container.of("inner")
                .with("list", Collections.nCopies(values - 4, true))
                .with("x", 1)
                .build();
        Container nested = Container.of("t").with("inner", inner).with("y", 1).build();
        return List.of(flat.build(), list, nested);
    }

    @Test
    void aHostileLengthIsNotBelieved() {
        for (String lie : new String[] {
            "7a7fffffff61",
            "5a7fffffff61",
            "7bffffffffffffffff61",
            "9a7fffffff61",
            "ba7fffffff61",
            "9bffffffffffffffff61"
        }) {
            assertThatExceptionOfType(ProtocolError.class)
                    .as(lie)
                    .isThrownBy(() -> Container.fromCbor(inContainer(Bytes.ofHex(lie)), LIMITS))
                    .withMessageContaining("cut short");
        }
        Bytes manyItems = Bytes.concat(Bytes.ofHex("9a000fff00"), Bytes.wrap(new byte[0xfff00]));
        exceeds("maxValues", 10_000, 0xfff01, () -> Container.fromCbor(inContainer(manyItems), LIMITS));
        Bytes listsInLists = Bytes.ofHex("81".repeat(1_000_000));
        exceeds("maxDepth", 32, 33, () -> Container.fromCbor(inContainer(listsInLists), LIMITS));
        Bytes openLists = Bytes.ofHex("9f".repeat(1_000_000));
        exceeds("maxDepth", 32, 33, () -> Container.fromCbor(inContainer(openLists), LIMITS));
    }

    private static Bytes inContainer(Bytes value) {
        CborWriter start = CborWriter.create()
                .map(2)
                .text("type")
                .text("t")
                .text("values")
                .map(1)
                .text("a");
        return Bytes.concat(start.toBytes(), value);
    }

    @Test
    void jsonNestedWithoutEndIsRefused() {
        String open = "{\"type\":\"t\",\"values\":{\"a\":";
        exceeds("maxDepth", 32, 33, () -> Container.fromJson(open + "[".repeat(1_000_000), LIMITS));
        exceeds("maxDepth", 32, 33, () -> Container.fromJson(open.repeat(30_000), LIMITS));
    }

    private static Container containers(int depth) {
        Container nested = Container.of("leaf").with("x", 1).build();
        for (int i = 1; i < depth; i++)
            nested = Container.of("t").with("x", nested).build();
        return nested;
    }

    private static Container lists(int depth) {
        Value nested = Value.of(1);
        for (int i = 1; i < depth; i++) nested = new Value.Items(List.of(nested));
        return Container.of("t").with("x", nested).build();
    }

    private static void reads(Container container, ContainerLimits limits) {
        assertThat(Container.fromCbor(container.toCbor(), limits)).isEqualTo(container);
        assertThat(Container.fromJson(container.toJson(), limits)).isEqualTo(container);
    }

    private static void exceeds(String limit, long allowed, long seen, Container container, ContainerLimits limits) {
        exceeds(limit, allowed, seen, () -> Container.fromCbor(container.toCbor(), limits));
        exceeds(limit, allowed, seen, () -> Container.fromJson(container.toJson(), limits));
    }

    private static void exceeds(String limit, long allowed, long seen, ThrowingCallable decoding) {
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(decoding)
                .matches(error -> error.limit().equals(limit))
                .matches(error -> error.allowed() == allowed && error.seen() == seen)
                .matches(error -> error.processed() == Processed.NO);
    }
}
