package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Source: RFC 4231, sections 4.2 and 4.3
final class HmacTest {
    private static final HexFormat HEX = HexFormat.of();

    @Test
    void theVectorsOfTheStandardAreSigned() {
        byte[] key = new byte[20];
        Arrays.fill(key, (byte) 0x0b);
        assertThat(HEX.formatHex(Hmac.of(Bytes.wrap(key)).sign(Bytes.ofUtf8("Hi There"))))
                .isEqualTo("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    }

    @Test
    void oneSignsAgainAndAgainAndPartsAsTheWhole() {
        Hmac hmac = Hmac.of(Bytes.ofUtf8("Jefe"));
        String signed = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assertThat(HEX.formatHex(hmac.sign(Bytes.ofUtf8("what do ya want for nothing?"))))
                .isEqualTo(signed);
        assertThat(HEX.formatHex(hmac.sign(Bytes.ofUtf8("what do ya "), Bytes.ofUtf8("want for nothing?"))))
                .isEqualTo(signed);
    }
}
