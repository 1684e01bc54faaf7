package io.hawser.internal.cbor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CborReaderTest {
    /// `{"a": [1, -500, 1.5, null, true], "b": h'0102', "text": "wasser"}` with nested indefinite ones behind it.
    private static final String SAMPLE = "84a36161" + "8501" + "3901f3" + "f93e00" + "f6" + "f5" + "6162" + "420102"
            + "6474657874" + "66776173736572" + "9f01ff" + "bf6161bf6162f5ffff" + "1a00010000";

    @ParameterizedTest
    @CsvSource({
        "00, 0",
        "17, 23",
        "1818, 24",
        "18ff, 255",
        "190100, 256",
        "19ffff, 65535",
        "1a00010000, 65536",
        "1affffffff, 4294967295",
        "1b0000000100000000, 4294967296",
        "1b7fffffffffffffff, 9223372036854775807",
        "20, -1",
        "37, -24",
        "3818, -25",
        "38ff, -256",
        "390100, -257",
        "3b7fffffffffffffff, -9223372036854775808",
        "1800, 0",
        "1b0000000000000001, 1",
        "3b0000000000000000, -1"
    })
    void integersOfEveryWidthAreRead(String hex, long value) {
        assertThat(reader(hex).readInteger()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1b8000000000000000", "1bffffffffffffffff", "3b8000000000000000"})
    void anIntegerBeyond64BitsWithItsSignIsRefused(String hex) {
        refused(hex).withMessageContaining("beyond 64 bits");
    }

    @ParameterizedTest
    @CsvSource({
        "f90000, 0.0",
        "f98000, -0.0",
        "f93c00, 1.0",
        "f97bff, 65504.0",
        "f90001, 5.960464477539063e-8",
        "f97c00, Infinity",
        "f97e00, NaN",
        "fa47c35000, 100000.0",
        "fa7f7fffff, 3.4028234663852886e38",
        "fb3ff199999999999a, 1.1",
        "fb7e37e43c8800759c, 1.0e300",
        "fbfff0000000000000, -Infinity",
        "fb3ff8000000000000, 1.5"
    })
    void floatsOfEveryWidthAreRead(String hex, double value) {
        assertThat(Double.valueOf(reader(hex).readFloat())).isEqualTo(Double.valueOf(value));
    }

    @Test
    void listsAndMapsOfBothLengthsAreWalked() {
        CborReader in = reader(SAMPLE);
        assertThat(in.enterList()).isEqualTo(4);
        assertThat(in.enterMap()).isEqualTo(3);
        List<Object> seen = new ArrayList<>();
        while (in.hasNext()) {
            seen.add(in.readText());
            switch (in.peek()) {
                case LIST -> {
                    assertThat(in.enterList()).isEqualTo(5);
                    seen.add(in.readInteger());
                    seen.add(in.readInteger());
                    seen.add(in.readFloat());
                    in.readNull();
                    seen.add(in.readBool());
                    assertThat(in.hasNext()).isFalse();
                }
                case BYTES -> seen.add(in.readBytes());
                default -> seen.add(in.readText());
            }
        }
        assertThat(seen).containsExactly("a", 1L, -500L, 1.5, true, "b", Bytes.ofHex("0102"), "text", "wasser");
        assertThat(in.enterList()).isEqualTo(-1);
        assertThat(in.hasNext()).isTrue();
        in.skip();
        assertThat(in.hasNext()).isFalse();
        assertThat(in.readEncoded()).isEqualTo(Bytes.ofHex("bf6161bf6162f5ffff"));
        assertThat(in.readInteger()).isEqualTo(65536);
        assertThat(in.hasNext()).isFalse();
        in.end();
    }

    @Test
    void everyTruncationIsRefused() {
        Bytes whole = Bytes.ofHex(SAMPLE);
        CborReader.of(whole, 8).skip();
        for (int size = 0; size < whole.size(); size++) {
            CborReader cut = CborReader.of(whole.slice(0, size), 8);
            assertThatExceptionOfType(ProtocolError.class).as("%d bytes", size).isThrownBy(cut::skip);
        }
    }

    @Test
    void everyChangeOfOneByteIsReadOrRefused() {
        byte[] whole = Bytes.ofHex(SAMPLE).toArray();
        int read = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                if (reads(changed)) read++;
            }
        }
        assertThat(read).isBetween(1, 256 * whole.length - 1);
    }

    @Test
    void noiseIsReadOrRefused() {
        Random random = new Random(8949);
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            if (reads(noise)) read++;
        }
        assertThat(read).isBetween(1, 19_999);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5a7fffffff00",
                "7a80000000",
                "7bffffffffffffffff61",
                "9affffffff",
                "9b7fffffffffffffff00",
                "ba7fffffff6161",
                "a2616100",
                "82ff"
            })
    void aLengthThatTheInputDoesNotHoldIsRefusedBeforeItIsBelieved(String hex) {
        refused(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "c000, tag",
        "d9d9f700, tag",
        "f7, simple value",
        "e0, simple value",
        "f820, simple value",
        "ff, break",
        "9fff ff, too many",
        "1c, reserved",
        "7c, reserved",
        "1f, indefinite",
        "7f4161ff, a chunk",
        "5f6161ff, a chunk",
        "7f7f6161ffff, a chunk",
        "7f00ff, a chunk",
        "7f61c3 61a4ff, not UTF-8",
        "bf6161ff, a break where",
        "a10101, expected text",
        "bf0101ff, expected text",
        "61ff, not UTF-8",
        "62c080, not UTF-8",
        "63eda080, not UTF-8",
        "64f4908080, not UTF-8",
        "0000, 1 bytes too many"
    })
    void whatNoMessageUsesIsRefused(String hex, String why) {
        refused(hex.replace(" ", "")).withMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"7fff, ''", "7f60ff, ''", "7f6161ff, a", "7f6161 60 780162 63c3a463 ff, abäc"})
    void textInChunksIsOneText(String hex, String text) {
        CborReader in = reader(hex.replace(" ", ""));
        assertThat(in.readText()).isEqualTo(text);
        in.end();
    }

    @ParameterizedTest
    @CsvSource({"5fff, ''", "5f40ff, ''", "5f4101 420203 ff, 010203"})
    void bytesInChunksAreOneString(String hex, String bytes) {
        CborReader in = reader(hex.replace(" ", ""));
        assertThat(in.readBytes().toHex()).isEqualTo(bytes);
        in.end();
    }

    @Test
    void stringsInChunksAreReadAsKeysAndSkipped() {
        CborReader in = reader("bf7f61616162ff5f4101ff" + "61637f6164ffff");
        in.enterMap();
        assertThat(in.hasNext()).isTrue();
        assertThat(in.readText()).isEqualTo("ab");
        in.skip();
        assertThat(in.hasNext()).isTrue();
        assertThat(in.readText()).isEqualTo("c");
        in.skip();
        assertThat(in.hasNext()).isFalse();
        in.end();
    }

    @Test
    void aReplacementCharacterInTheInputIsText() {
        assertThat(reader("63efbfbd").readText()).isEqualTo("\uFFFD");
    }

    @Test
    void anotherKindIsRefusedWithOffsetAndPathAndStaysUnread() {
        CborReader in = reader("820a6161");
        in.enterList();
        in.readInteger();
        in.path().enter("order");
        in.path().enter(1);
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(in::readInteger)
                .withMessageContaining("expected integer, found text at byte 2, in order[1]")
                .matches(error -> error.code() == 4004);
        assertThat(in.readText()).isEqualTo("a");
    }

    @Test
    void nestingStopsAtTheLimit() {
        reader("8181818100", 4).skip();
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> reader("818181818100", 4).skip())
                .matches(error -> error.limit().equals("maxDepth") && error.allowed() == 4 && error.seen() == 5);
        String hostile = "9f".repeat(100_000);
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> reader(hostile, 512).skip());
    }

    @Test
    void aPartOfAnArrayIsReadAndItsEndIsTheEnd() {
        byte[] array = Bytes.ofHex("ff426162ff").toArray();
        CborReader in = CborReader.wrap(array, 1, 4, 1);
        assertThat(in.peek()).isEqualTo(ItemKind.BYTES);
        assertThat(in.readBytes()).isEqualTo(Bytes.ofHex("6162"));
        in.end();
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> CborReader.wrap(array, 1, 3, 1).readBytes());
    }

    private static boolean reads(byte[] input) {
        try {
            CborReader in = CborReader.wrap(input, 0, input.length, 8);
            in.skip();
            in.end();
            return true;
        } catch (ProtocolError | LimitExceeded refused) {
            return false;
        }
    }

    private static ThrowableAssertAlternative<ProtocolError> refused(String hex) {
        return assertThatExceptionOfType(ProtocolError.class).isThrownBy(() -> {
            CborReader in = reader(hex);
            in.skip();
            in.end();
        });
    }

    private static CborReader reader(String hex) {
        return reader(hex, 8);
    }

    private static CborReader reader(String hex, int maxDepth) {
        return CborReader.of(Bytes.ofHex(hex), maxDepth);
    }
}
