package io.hawser.internal.http1;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostFieldTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "h", "h.example", "h.example.", "a-b_c~d", "127.0.0.1", "h:80", "h:", "h:0", "h:65535", "[::1]", "[::1]:80",
                "[::1]:", "[2001:db8::1]:65535"
            })
    void aHostAndPerhapsAPort(String text) {
        assertThat(HostField.isValid(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ":80", "h:65536", "h:8x", "h:/", "h:-1", "h:80:80", "h/", "u@h", "a b", "h%41", "h,g", "caf\u00e9", "[", "[]",
                "[::1", "[::1]x", "[::1]80", "[::1]:x", "[::1]:/", "[::1]:65536", "[::1]]", "[fe80::1%25eth0]", "[127.0.0.1]",
                "[::g]", "::1"
            })
    void nothingElse(String text) {
        assertThat(HostField.isValid(text)).isFalse();
    }
}
