package io.hawser.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionStateTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            CONNECTING, CONNECTING, false
            CONNECTING, OPEN,       true
            CONNECTING, CLOSING,    true
            CONNECTING, CLOSED,     true
            OPEN,       CONNECTING, false
            OPEN,       OPEN,       false
            OPEN,       CLOSING,    true
            OPEN,       CLOSED,     true
            CLOSING,    CONNECTING, false
            CLOSING,    OPEN,       false
            CLOSING,    CLOSING,    false
            CLOSING,    CLOSED,     true
            CLOSED,     CONNECTING, false
            CLOSED,     OPEN,       false
            CLOSED,     CLOSING,    false
            CLOSED,     CLOSED,     false
            """)
    void aStateOnlyMovesForward(SessionState now, SessionState next, boolean allowed) {
        assertThat(now.mayBecome(next)).isEqualTo(allowed);
    }
}
