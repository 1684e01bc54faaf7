package io.hawser.internal.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Vectors: RFC 8949, appendix A.
class CborWriterTest {
    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23, 17",
        "24, 1818",
        "255, 18ff",
        "256, 190100",
        "1000, 1903e8",
        "65535, 19ffff",
        "65536, 1a00010000",
        "4294967295, 1affffffff",
        "4294967296, 1b0000000100000000",
        "1000000000000, 1b000000e8d4a51000",
        "9223372036854775807, 1b7fffffffffffffff",
        "-1, 20",
        "-24, 37",
        "-25, 3818",
        "-256, 38ff",
        "-257, 390100",
        "-9223372036854775808, 3b7fffffffffffffff"
    })
    void integersAreAsShortAsTheyCanBe(long value, String hex) {
        assertThat(CborWriter.create().integer(value).toBytes().toHex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, f90000",
        "-0.0, f98000",
        "1.0, f93c00",
        "1.1, fb3ff199999999999a",
        "1.5, f93e00",
        "65504.0, f97bff",
        "65505.0, fa477fe100",
        "100000.0, fa47c35000",
        "3.4028234663852886e+38, fa7f7fffff",
        "1.0e+300, fb7e37e43c8800759c",
        "5.960464477539063e-8, f90001",
        "0.00006103515625, f90400",
        "-4.1, fbc010666666666666",
        "Infinity, f97c00",
        "NaN, f97e00",
        "-Infinity, f9fc00",
        "1.401298464324817e-45, fa00000001",
        "4.9e-324, fb0000000000000001"
    })
    void floatsAreAsShortAsTheyCanBeWithoutLoss(double value, String hex) {
        assertThat(CborWriter.create().float64(value).toBytes().toHex()).isEqualTo(hex);
        if ((float) value == value || Double.isNaN(value)) {
            assertThat(CborWriter.create().float32((float) value).toBytes().toHex())
                    .isEqualTo(hex);
        }
    }

    @ParameterizedTest
    @CsvSource({"'', 60", "a, 6161", "IETF, 6449455446", "'\"\\', 62225c", "ü, 62c3bc", "水, 63e6b0b4", "𐅑, 64f0908591"
    })
    void textsAreUtf8(String value, String hex) {
        assertThat(CborWriter.create().text(value).toBytes().toHex()).isEqualTo(hex);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00", "\udc00\ud800", "\ud800a"})
    void aTextWithoutUtf8FormIsRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CborWriter.create().text(text));
    }

    @Test
    void listsAndMapsBeginWithTheirSize() {
        Bytes written = CborWriter.create()
                .map(2)
                .text("a")
                .integer(1)
                .text("b")
                .list(3)
                .bool(true)
                .bool(false)
                .nothing()
                .toBytes();
        assertThat(written.toHex()).isEqualTo("a26161016162" + "83f5f4f6");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 23, 24, 125, 126, 127, 255, 256, 65_535, 65_536, 1 << 20})
    void textsAndBytesOfEveryLengthComeBack(int size) {
        String ascii = "x".repeat(size);
        String wide = "é".repeat(size);
        byte[] noise = new byte[size];
        new Random(size).nextBytes(noise);
        Bytes written = CborWriter.create()
                .list(3)
                .text(ascii)
                .text(wide)
                .bytes(Bytes.wrap(noise))
                .toBytes();
        CborReader in = CborReader.of(written, 1);
        assertThat(in.enterList()).isEqualTo(3);
        assertThat(in.readText()).isEqualTo(ascii);
        assertThat(in.readText()).isEqualTo(wide);
        assertThat(in.readBytes()).isEqualTo(Bytes.wrap(noise));
        assertThat(in.hasNext()).isFalse();
        in.end();
    }

    @Test
    void everyFloatComesBackBitForBit() {
        Random random = new Random(754);
        for (int i = 0; i < 100_000; i++) {
            float narrow = Float.intBitsToFloat(random.nextInt());
            double wide = Double.longBitsToDouble(random.nextLong());
            CborReader in = CborReader.of(
                    CborWriter.create().list(2).float32(narrow).float64(wide).toBytes(), 1);
            in.enterList();
            assertThat(Float.floatToIntBits((float) in.readFloat())).isEqualTo(Float.floatToIntBits(narrow));
            assertThat(Double.doubleToLongBits(in.readFloat())).isEqualTo(Double.doubleToLongBits(wide));
        }
    }
}
