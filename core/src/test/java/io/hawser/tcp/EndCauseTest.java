package io.hawser.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.session.CloseReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndCauseTest {
    @ParameterizedTest
    @CsvSource({
        "1000, NORMAL",
        "1005, NORMAL",
        "1001, DRAIN",
        "1002, PROTOCOL",
        "1006, LOST",
        "1009, PROTOCOL",
        "1013, OVERLOAD",
        "3000, OTHER",
        "4004, PROTOCOL",
        "4013, REPLACED",
    })
    void aCodeIsOfOneKind(int code, EndCause cause) {
        assertThat(EndCause.of(CloseReason.of(code, ""))).isEqualTo(cause);
    }
}
