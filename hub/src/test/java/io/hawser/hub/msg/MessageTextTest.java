package io.hawser.hub.msg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTextTest {
    /// What the hub gets for a line, shown as the answers of the hub are.
    private static String request(String line) throws IOException {
        return MessageText.shown(MessageText.request(Bytes.ofUtf8(line), 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "[1]", "grüße"})
    void aLineIsSaidToEverySession(String line) throws IOException {
        assertThat(request(line)).isEqualTo("{\"id\":7,\"bcast\":{\"d\":\"" + line + "\"}}");
    }

    @Test
    void bytesThatAreNoTextAreSaidAsBytes() throws IOException {
        assertThat(MessageText.shown(MessageText.request(Bytes.wrap(new byte[] {(byte) 0xff, 0}), 7)))
                .isEqualTo("{\"id\":7,\"bcast\":{\"b\":\"/wA=\"}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\":1,\"send\":{\"to\":\"a\",\"d\":1}} | {\"id\":1,\"send\":{\"to\":\"a\",\"d\":1}}",
                "{\"bcast\":{\"d\":null}} | {\"bcast\":{\"d\":null},\"id\":7}",
                "{\"id\":2,\"bcast\":{\"b\":\"AQI=\"}} | {\"id\":2,\"bcast\":{\"b\":\"AQI=\"}}",
                "{} | {}"
            })
    void anObjectIsARequestWhichGetsANumberIfItHasNone(String line, String sent) throws IOException {
        assertThat(request(line)).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "{} {}", "{\"bcast\":{\"b\":\"!\"}}"})
    void whatIsWrongWithARequestIsSaid(String line) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> request(line));
    }

    @Test
    void whatCouldDoAnythingToATerminalIsShownInHexadecimal() {
        assertThat(MessageText.shown(Bytes.ofUtf8("\u001b[2J"))).isEqualTo("0x1b5b324a");
        assertThat(MessageText.shown(Bytes.ofUtf8("two\nlines"))).isEqualTo("two\nlines");
    }
}
