package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerCodecTest {
    private static final ContainerLimits LIMITS = ContainerLimits.defaults();

    @Test
    void everyTypeSurvivesBothEncodings() {
        survives(Containers.ofEveryType());
    }

    @Test
    void whateverIsBuiltSurvivesBothEncodings() {
        Random random = new Random(20_250_101);
        for (int i = 0; i < 5_000; i++) survives(Containers.random(random, 1 + random.nextInt(6)));
    }

    @Test
    void everyBitOfEveryIntegerWidthSurvives() {
        ContainerBuilder built = Container.of("bits");
        for (int bit = 0; bit < 64; bit++) {
            for (long n : new long[] {1L << bit, (1L << bit) - 1, ~(1L << bit), -(1L << bit)}) {
                built.with("b" + n, (byte) n)
                        .with("h" + n, (short) n)
                        .with("i" + n, (int) n)
                        .with("q" + n, n);
            }
        }
        survives(built.build());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 125, 126, 127, 255, 256, 65_535, 65_536, 400_000})
    void stringsBytesAndNamesOfEveryLengthSurvive(int size) {
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        survives(Container.of("t")
                .with("ascii", "x".repeat(size))
                .with("wide", "é".repeat(size / 2))
                .with("bytes", Bytes.wrap(noise))
                .build());
        survives(Container.of("t" + "y".repeat(size))
                .from("f" + "y".repeat(size))
                .with("n" + "y".repeat(size), 1)
                .build());
    }

    @Test
    void equalContainersAreEqualBytesAndNoOthers() {
        Random random = new Random(7);
        for (int i = 0; i < 1_000; i++) {
            Container a = Containers.random(random, 3);
            Container b = Containers.random(random, 3);
            assertThat(a.toCbor().equals(b.toCbor())).isEqualTo(a.equals(b));
            assertThat(a.toCbor()).isEqualTo(a.toBuilder().build().toCbor());
        }
    }

    @Test
    void everyTruncationIsRefused() {
        Container whole = Containers.ofEveryType();
        Bytes cbor = whole.toCbor();
        for (int size = 0; size < cbor.size(); size++) refused(cbor.slice(0, size));
        byte[] json = whole.toJson().getBytes(StandardCharsets.UTF_8);
        for (int size = 0; size < json.length; size++) {
            Bytes cut = Bytes.copyOf(Arrays.copyOf(json, size));
            assertThatExceptionOfType(ProtocolError.class)
                    .as("%d bytes", size)
                    .isThrownBy(() -> Container.fromJson(cut, LIMITS))
                    .matches(error -> error.code() == 4004);
        }
    }

    @Test
    void everyChangeOfOneByteIsReadOrRefused() {
        byte[] cbor = Containers.ofEveryType().toCbor().toArray();
        byte[] json = Containers.ofEveryType().toJson().getBytes(StandardCharsets.UTF_8);
        int read = 0;
        for (int at = 0; at < cbor.length; at++) {
            for (int value = 0; value < 256; value++) {
                if (readsOrRefuses(changed(cbor, at, value), false)) read++;
            }
        }
        for (int at = 0; at < json.length; at++) {
            for (byte value : "\"\\{}[]:,/09-+.eEtfnuib \0\n\u001f\u0080\u00ff".getBytes(StandardCharsets.ISO_8859_1)) {
                if (readsOrRefuses(changed(json, at, value), true)) read++;
            }
        }
        assertThat(read).isPositive();
    }

    @Test
    void noiseInsideAContainerIsReadOrRefused() {
        Random random = new Random(99);
        byte[] cbor = Containers.ofEveryType().toCbor().toArray();
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = cbor.clone();
            for (int n = 1 + random.nextInt(8); n > 0; n--)
                noise[random.nextInt(noise.length)] = (byte) random.nextInt(256);
            readsOrRefuses(noise, false);
        }
    }

    @Test
    void whatIsWrongIsToldWithOffsetAndPath() {
        Bytes good = Container.of("t")
                .with(
                        "order",
                        Container.of("o")
                                .with(
                                        "items",
                                        List.of(
                                                1L,
                                                2L,
                                                Container.of("i")
                                                        .with("price", "12345")
                                                        .build()))
                                .build())
                .build()
                .toCbor();
        String hex = good.toHex();
        int at = hex.indexOf("653132333435") / 2;
        byte[] broken = good.toArray();
        broken[at] = (byte) 0xf7;
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Container.fromCbor(Bytes.wrap(broken), LIMITS))
                .withMessageContaining("at byte " + at + ", in order.items[2].price")
                .matches(error -> error.processed() == HawserException.Processed.MAYBE);
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Container.fromJson("{\"type\":\"t\",\"values\":{\"a\":[true,{\"x\":1}]}}", LIMITS))
                .withMessageContaining("at character 37, in a[1]");
    }

    private static byte[] changed(byte[] bytes, int at, int value) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) value;
        return changed;
    }

    /// What is read must be a container like any other.
    private static boolean readsOrRefuses(byte[] input, boolean json) {
        try {
            Bytes bytes = Bytes.copyOf(input);
            Container read = json ? Container.fromJson(bytes, LIMITS) : Container.fromCbor(bytes, LIMITS);
            if (Container.fromCbor(read.toCbor(), LIMITS).equals(read)) return true;
            throw new AssertionError("read, but not written back: " + bytes.toHex());
        } catch (ProtocolError | LimitExceeded refused) {
            return false;
        }
    }

    private static void refused(Bytes cbor) {
        assertThatExceptionOfType(ProtocolError.class)
                .as("%d bytes", cbor.size())
                .isThrownBy(() -> Container.fromCbor(cbor, LIMITS))
                .matches(error -> error.code() == 4004);
    }

    private static void survives(Container container) {
        ContainerLimits large = LIMITS.withMaxBytes(8 << 20);
        assertThat(Container.fromCbor(container.toCbor(), large)).isEqualTo(container);
        String json = container.toJson();
        assertThat(Container.fromJson(json, large)).isEqualTo(container);
        assertThat(Container.fromJson(Bytes.ofUtf8(json), large)).isEqualTo(container);
    }
}
