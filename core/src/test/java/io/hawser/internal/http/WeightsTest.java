package io.hawser.internal.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Headers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WeightsTest {
    private static final List<String> AVAILABLE = List.of("zstd", "br", "gzip", "deflate");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip|gzip",
                "GZIP|gzip",
                "x-gzip|gzip",
                "gzip, deflate, br, zstd|zstd",
                "gzip, deflate, br|br",
                "deflate, gzip|gzip",
                "gzip;q=0.5, deflate;q=0.6|deflate",
                "gzip;q=0.5,deflate; q=0.5|gzip",
                "gzip ; Q=0.9, br;q=0.8|gzip",
                "gzip;q=0|identity",
                "gzip;q=0.0|identity",
                "gzip;q=0.000, br;q=0.001|br",
                "*|zstd",
                "*;q=0|identity",
                "*;q=0.5, gzip|gzip",
                "zstd;q=0, *|br",
                "identity|identity",
                "identity, gzip|gzip",
                "identity;q=1, gzip;q=0.5|identity",
                "identity;q=0.5, gzip;q=0.4|identity",
                "identity;q=0.5, gzip;q=0.5|gzip",
                "identity;q=0, gzip;q=0.1|gzip",
                "compress|identity",
                "''|identity",
                ",,|identity",
                "gzip;q=1.001|identity",
                "gzip;q=2|identity",
                "gzip;q=-1|identity",
                "gzip;q=0.1234|identity",
                "gzip;q=.5|identity",
                "gzip;q=|identity",
                "gzip;q|identity",
                "gzip;x=1|identity",
                "gzip;q=1.|gzip",
                "gzip;q=1.000|gzip",
                "gzip;q=0.|identity",
            })
    void theHeaviestCodingIsChosen(String field, String expected) {
        assertThat(Encodings.choose(Headers.of("Accept-Encoding", field), AVAILABLE))
                .isEqualTo(expected);
    }

    @Test
    void silenceIsIdentity() {
        assertThat(Encodings.choose(Headers.EMPTY, AVAILABLE)).isEqualTo("identity");
        assertThat(Encodings.choose(Headers.of("Accept-Encoding", "gzip"), List.of()))
                .isEqualTo("identity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|true",
                "gzip|true",
                "identity;q=0|false",
                "*;q=0|false",
                "*;q=0, identity;q=0.1|true",
                "identity|true"
            })
    void identityIsTakenUnlessItIsRefused(String field, boolean taken) {
        assertThat(Encodings.takesIdentity(Headers.of("Accept-Encoding", field)))
                .isEqualTo(taken);
    }
}
