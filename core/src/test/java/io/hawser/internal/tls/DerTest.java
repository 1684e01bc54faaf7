package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DerTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0400",
        "1, 0401",
        "127, 047f",
        "128, 048180",
        "255, 0481ff",
        "256, 04820100",
        "65535, 0482ffff",
        "65536, 0483010000",
    })
    void aLengthTakesAsFewBytesAsItCan(int length, String head) {
        byte[] element = Der.octets(new byte[length]);
        assertThat(HexFormat.of().formatHex(element)).startsWith(head);
        assertThat(element).hasSize(length + head.length() / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "2.5.4.3, 0603550403",
        "1.2.840.10045.4.3.2, 06082a8648ce3d040302",
        "1.3.6.1.5.5.7.3.1, 06082b06010505070301",
        "2.5.29.128, 0604551d8100",
    })
    void anObjectIdentifierIsWrittenInBase128(String dotted, String hex) {
        assertThat(HexFormat.of().formatHex(Der.oid(dotted))).isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({
        "2049-12-31T23:59:59Z, 17, 491231235959Z",
        "2050-01-01T00:00:00Z, 18, 20500101000000Z",
    })
    void aTimeGetsFourDigitsOfItsYearFrom2050On(Instant instant, String tag, String text) {
        byte[] element = Der.time(instant);
        assertThat(HexFormat.of().toHexDigits(element[0])).isEqualTo(tag);
        assertThat(new String(element, 2, element.length - 2, StandardCharsets.US_ASCII))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 020100", "127, 02017f", "128, 02020080", "255, 020200ff"})
    void anIntegerStaysPositive(BigInteger value, String hex) {
        assertThat(HexFormat.of().formatHex(Der.integer(value))).isEqualTo(hex);
    }

    @Test
    void theFirstElementIsFoundBehindAnyLength() {
        for (int size : new int[] {0, 100, 127, 128, 300, 70_000}) {
            byte[] first = Der.octets(new byte[size]);
            assertThat(Der.firstWithin(Der.sequence(first, Der.yes()))).isEqualTo(first);
        }
    }
}
