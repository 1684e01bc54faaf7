package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostNamesTest {
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "EXAMPLE.com:8080, example.com",
        "example.com., example.com",
        "example.com.:80, example.com",
        "h:, h",
        "127.0.0.1:80, 127.0.0.1",
        "[::1], [::1]",
        "[FE80::1]:443, [fe80::1]",
        "'', ''",
        ":80, ''",
        "., ''"
    })
    void theHostOfAnAuthorityIsFoundInOneForm(String authority, String host) {
        assertThat(HostNames.of(authority)).isEqualTo(host);
    }
}
