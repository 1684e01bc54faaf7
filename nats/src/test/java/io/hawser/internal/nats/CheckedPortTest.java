package io.hawser.internal.nats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckedPortTest {
    private static final List<String> NAMED = List.of("10.0.0.1", "one.example", "two.example", "[::1]");

    @ParameterizedTest
    @CsvSource({
        "one.example, one.example",
        "two.example, two.example",
        "told.example, told.example",
        "10.0.0.1, 10.0.0.1",
        "[::1], [::1]",
        "10.0.0.2, one.example",
        "[::2], one.example"
    })
    void theCertificateIsForTheHostOrOfAToldAddressForTheFirstName(String reached, String certified) {
        assertThat(CheckedPort.certifiedHost(reached, NAMED)).isEqualTo(certified);
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.2", "[::2]"})
    void whereNoNameIsConfiguredItIsForTheAddress(String reached) {
        assertThat(CheckedPort.certifiedHost(reached, List.of("10.0.0.1"))).isEqualTo(reached);
    }
}
