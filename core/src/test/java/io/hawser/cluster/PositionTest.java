package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PositionTest {
    @ParameterizedTest
    @ValueSource(strings = {"x7:1017:9a3f", "x7:0:", "e:9007199254740991:g"})
    void theStringFormComesBack(String text) {
        assertThat(Position.parse(text).toString()).isEqualTo(text);
    }

    @Test
    void thePartsAreEpochOffsetAndTag() {
        assertThat(Position.parse("x7:1017:9a3f")).isEqualTo(new Position("x7", 1017, "9a3f"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x7|position without two colons: EPOCH:OFFSET:TAG",
                "x7:1|position without two colons: EPOCH:OFFSET:TAG",
                ":1:g|position without an epoch: EPOCH:OFFSET:TAG",
                "x7::g|offset of 0 digits: from 1 to 16",
                "x7:-1:g|offset: only the digits 0 to 9",
                "x7:+1:g|offset: only the digits 0 to 9",
                "x7:01:g|offset: no zero in front",
                "x7:９:g|offset: only the digits 0 to 9",
                "x7:9007199254740992:g|offset 9007199254740992: from 0 to 2^53 - 1",
                "x7:12345678901234567:g|offset of 17 digits: from 1 to 16",
                "x7:1:a:b|tag: only visible ASCII characters and no colon",
                "x 7:1:a|epoch: only visible ASCII characters and no colon"
            })
    void whatIsNoPositionIsRefusedWithTheReason(String text, String message) {
        assertThatThrownBy(() -> Position.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void marksAreAtMost64Characters() {
        assertThat(new Position("e".repeat(64), 1, "g".repeat(64)).isNone()).isFalse();
        assertThatThrownBy(() -> new Position("e".repeat(65), 1, "g")).hasMessage("epoch of 65 characters: at most 64");
    }
}
