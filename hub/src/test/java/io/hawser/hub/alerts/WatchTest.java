package io.hawser.hub.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WatchTest {
    private double requests;
    private double failed;
    private double heap;
    private int second;

    private static Watch watch(String when, int seconds) {
        return new Watch(new AlertRule("a", AlertCondition.parse(when), Duration.ofSeconds(seconds), Optional.empty()));
    }

    /// A second passes, in which so many requests are answered, and so many of them fail.
    private boolean look(Watch watch, int answered, int failing) {
        requests += answered;
        failed += failing;
        long nanos = Duration.ofSeconds(++second).toNanos();
        return watch.look(new Reading(nanos, requests, failed, 0, 0, 0, 0, second, 2, 5, heap, 0, 0));
    }

    @Test
    void aRatioIsOfTheWholeTimeOfItsRule() {
        Watch watch = watch("error_ratio > 0.05", 10);
        for (int i = 0; i < 11; i++) assertThat(look(watch, 100, 0)).isFalse();
        assertThat(look(watch, 100, 40)).isFalse();
        assertThat(watch.value()).hasValue(0.04);
        assertThat(look(watch, 100, 40)).isTrue();
        assertThat(watch.state()).isEqualTo(AlertState.FIRING);
        assertThat(look(watch, 100, 40)).isFalse();
        for (int i = 0; i < 8; i++) assertThat(look(watch, 100, 0)).isFalse();
        assertThat(look(watch, 100, 0)).isTrue();
        assertThat(watch.state()).isEqualTo(AlertState.QUIET);
    }

    @Test
    void nothingFiresBeforeItsTimeHasPassedOnce() {
        Watch watch = watch("error_ratio > 0.05", 10);
        for (int i = 0; i < 10; i++) {
            assertThat(look(watch, 100, 100)).isFalse();
            assertThat(watch.state()).isNotEqualTo(AlertState.FIRING);
        }
        assertThat(look(watch, 100, 100)).isTrue();
    }

    @Test
    void whereNothingHappensNothingFails() {
        Watch watch = watch("error_ratio > 0", 2);
        for (int i = 0; i < 5; i++) assertThat(look(watch, 0, 0)).isFalse();
        assertThat(watch.state()).isEqualTo(AlertState.QUIET);
    }

    @Test
    void tooLittleIsWatchedToo() {
        Watch watch = watch("requests < 10", 3);
        for (int i = 0; i < 5; i++) look(watch, 20, 0);
        assertThat(watch.state()).isEqualTo(AlertState.QUIET);
        for (int i = 0; i < 3; i++) look(watch, 5, 0);
        assertThat(watch.value()).hasValue(5.0);
        assertThat(watch.state()).isEqualTo(AlertState.FIRING);
    }

    @Test
    void aLevelHasToLast() {
        Watch watch = watch("heap > 90%", 3);
        heap = 0.95;
        assertThat(look(watch, 0, 0)).isFalse();
        assertThat(look(watch, 0, 0)).isFalse();
        heap = 0.5;
        look(watch, 0, 0);
        heap = 0.95;
        for (int i = 0; i < 3; i++) assertThat(look(watch, 0, 0)).isFalse();
        assertThat(watch.state()).isEqualTo(AlertState.PENDING);
        assertThat(look(watch, 0, 0)).isTrue();
        heap = 0.5;
        assertThat(look(watch, 0, 0)).isTrue();
    }

    @Test
    void theUseOfLoopsIsOfTheirTimeTogether() {
        Watch watch = watch("loop_use >= 0.5", 2);
        for (int i = 0; i < 4; i++) look(watch, 0, 0);
        assertThat(watch.value()).hasValue(0.5);
        assertThat(watch.state()).isEqualTo(AlertState.FIRING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "error_ratio", "error_ratio = 1", "errors > 1", "heap > x", "heap > 1 1", "heap > -1"})
    void whatIsNoConditionSaysSo(String text) {
        assertThatThrownBy(() -> AlertCondition.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'");
    }

    @Test
    void aConditionIsWrittenAsItIsRead() {
        assertThat(AlertCondition.parse(" nodes_lost>=1 ")).hasToString("nodes_lost >= 1");
        assertThat(AlertCondition.parse("heap > 90%")).hasToString("heap > 0.9");
    }
}
