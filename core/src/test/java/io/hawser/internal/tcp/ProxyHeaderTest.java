package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.tcp.ProxyHeader.Found;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    private static byte[] octets(String text) {
        return text.startsWith("0x")
                ? HexFormat.of().parseHex(text.substring(2).replace("SIG", SIGNATURE))
                : text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\\r\\n, 192.0.2.1:56324",
        "PROXY TCP6 2001:db8::1 ::1 1 65535\\r\\n, [2001:db8::1]:1",
        "PROXY UNKNOWN\\r\\n, ''",
        "PROXY UNKNOWN ffff:f...f 1 2 3\\r\\n, ''",
        "0xSIG2111000cc0000201c6336402dc0401bb, 192.0.2.1:56324",
        "0xSIG2111000fc0000201c6336402dc0401bb040000, 192.0.2.1:56324",
        "0xSIG2121002420010db8000000000000000000000001000000000000000000000000000000010001ffff, [2001:db8::1]:1",
        "0xSIG20000000, ''",
        "0xSIG21000000, ''",
        "0xSIG20110004aabbccdd, ''",
    })
    void aHeaderIsTakenOffHoweverItIsCut(String header, String source) {
        byte[] octets = octets(header);
        for (int cut = 0; cut < octets.length; cut++) {
            ByteBuf part = Unpooled.wrappedBuffer(octets, 0, cut);
            assertThat(new ProxyHeader().take(part)).isEqualTo(Found.UNFINISHED);
            assertThat(part.readableBytes()).isEqualTo(cut);
        }
        ByteBuf all = Unpooled.wrappedBuffer(octets, new byte[] {'G', 'E', 'T'});
        ProxyHeader proxy = new ProxyHeader();
        assertThat(proxy.take(all)).isEqualTo(Found.TAKEN);
        assertThat(all.toString(StandardCharsets.US_ASCII)).isEqualTo("GET");
        assertThat(proxy.source().map(Object::toString).orElse("")).isEqualTo(source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324\\r\\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 65536\\r\\n",
                "PROXY TCP4 192.0.2.1 198.51.100.2 056 443\\r\\n",
                "PROXY TCP4 example.org 198.51.100.2 56324 443\\r\\n",
                "PROXY TCP4 2001:db8::1 ::1 1 2\\r\\n",
                "PROXY TCP6 192.0.2.1 198.51.100.2 1 2\\r\\n",
                "PROXY TCP5 192.0.2.1 198.51.100.2 1 2\\r\\n",
                "PROXY  192.0.2.1 198.51.100.2 1 2\\r\\n",
                "0xSIG31110000",
                "0xSIG22110000",
                "0xSIG2111000bc0000201c6336402dc0401",
                "0xSIG2111ffff"
            })
    void whatBeginsAsAHeaderAndIsNoneIsBad(String header) {
        assertThat(new ProxyHeader().take(Unpooled.wrappedBuffer(octets(header))))
                .isEqualTo(Found.BAD);
    }

    @Test
    void aLineWithoutEndIsBad() {
        assertThat(new ProxyHeader().take(Unpooled.wrappedBuffer(octets("PROXY " + "x".repeat(101)))))
                .isEqualTo(Found.BAD);
        assertThat(new ProxyHeader().take(Unpooled.wrappedBuffer(octets("PROXY " + "x".repeat(100)))))
                .isEqualTo(Found.UNFINISHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET / HTTP/1.1", "MSGI", "PRI * ", "PROXYING /", "0x0d0a0d0b"})
    void otherBytesAreNone(String first) {
        assertThat(new ProxyHeader().take(Unpooled.wrappedBuffer(octets(first))))
                .isEqualTo(Found.NONE);
    }
}
