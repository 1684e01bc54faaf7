package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8CheckTest {
    private static int check(byte... bytes) {
        return Utf8Check.check(Utf8Check.VALID, ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    private static boolean jdkAccepts(byte... bytes) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void everyCharacterIsValidAndSoIsEveryPieceOfItUntilItsEnd() {
        for (int point = 0; point <= 0x10FFFF; point++) {
            if (point >= 0xD800 && point <= 0xDFFF) continue;
            byte[] utf8 = Character.toString(point).getBytes(StandardCharsets.UTF_8);
            int state = Utf8Check.VALID;
            for (int i = 0; i < utf8.length; i++) {
                state = Utf8Check.check(state, ByteBuffer.wrap(utf8), i, i + 1);
                boolean last = i == utf8.length - 1;
                if (state == Utf8Check.BAD || (state == Utf8Check.VALID) != last) {
                    throw new AssertionError("byte " + i + " of U+" + Integer.toHexString(point));
                }
            }
        }
    }

    /// The third bytes are those on both sides of each bound that the grammar of RFC 3629 section 4 knows. Each
    /// three are checked by themselves, byte by byte, and across the bound of two words.
    @Tag("exhaustive")
    @Test
    void everyPairOfBytesBeforeEachKindOfThirdIsJudgedAsTheJdkDoes() {
        byte[] thirds = HexFormat.of().parseHex("007f808f909fa0bfc0c1c2f4f5ff");
        byte[] bytes = new byte[3];
        byte[] words = "x".repeat(16).getBytes(StandardCharsets.US_ASCII);
        for (int pair = 0; pair < 1 << 16; pair++) {
            bytes[0] = (byte) (pair >> 8);
            bytes[1] = (byte) pair;
            for (byte third : thirds) {
                bytes[2] = third;
                System.arraycopy(bytes, 0, words, 6, bytes.length);
                boolean isValid = jdkAccepts(bytes);
                if ((check(bytes) == Utf8Check.VALID) != isValid || (check(words) == Utf8Check.VALID) != isValid) {
                    throw new AssertionError(HexFormat.of().formatHex(bytes));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "c0, 0",
        "c1, 0",
        "f5, 0",
        "ff, 0",
        "80, 0",
        "bf, 0",
        "e09f, 1",
        "eda0, 1",
        "f08f, 1",
        "f490, 1",
        "e28228, 2",
        "f09f9828, 3",
        "c328, 1",
        "cebae1bdb9cf83cebcceb5f4908080, 12"
    })
    void theFirstBadByteIsTheOneThatIsTold(String hex, int badAt) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(check(Arrays.copyOf(bytes, badAt))).isNotEqualTo(Utf8Check.BAD);
        assertThat(check(Arrays.copyOf(bytes, badAt + 1))).isEqualTo(Utf8Check.BAD);
        byte[] long1 = new byte[64 + badAt + 1];
        Arrays.fill(long1, (byte) 'x');
        System.arraycopy(bytes, 0, long1, 64, badAt + 1);
        assertThat(check(long1)).isEqualTo(Utf8Check.BAD);
    }

    @Test
    void whereverTextIsCutAndWhateverIsBeforeItTheAnswerIsThatOfTheJdk() {
        Random random = new Random(7);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(30); i > 0; i--) {
                text.appendCodePoint(random.nextBoolean() ? 'a' + random.nextInt(26) : randomPoint(random));
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextBoolean()) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            int cut = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
            ByteBuffer view = ByteBuffer.wrap(bytes);
            int state = Utf8Check.check(Utf8Check.check(Utf8Check.VALID, view, 0, cut), view, cut, bytes.length);
            assertThat(state == Utf8Check.VALID).isEqualTo(jdkAccepts(bytes));
        }
    }

    private static int randomPoint(Random random) {
        int point = random.nextInt(0x110000);
        return point >= 0xD800 && point <= 0xDFFF ? 0x20AC : point;
    }
}
