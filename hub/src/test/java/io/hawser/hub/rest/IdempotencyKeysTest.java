package io.hawser.hub.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.testkit.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class IdempotencyKeysTest {
    private static final Bytes ONE = Bytes.ofUtf8("1");
    private static final Bytes TWO = Bytes.ofUtf8("2");

    private final FakeTime time = new FakeTime();
    private final IdempotencyKeys keys = new IdempotencyKeys(time);

    @Test
    void aKeyIsOfItsTopicAndFirstBodyForTwoMinutes() {
        assertThat(keys.isSame("t", "k", ONE)).isTrue();
        assertThat(keys.isSame("t", "k", ONE)).isTrue();
        assertThat(keys.isSame("t", "k", TWO)).isFalse();
        assertThat(keys.isSame("u", "k", TWO)).isTrue();
        time.advance(Duration.ofMinutes(2));
        assertThat(keys.isSame("t", "k", TWO)).isTrue();
    }

    @Test
    void ofOver10000TheOldestIsForgotten() {
        for (int i = 0; i <= 10_000; i++) keys.isSame("t", "k" + i, ONE);
        assertThat(keys.isSame("t", "k10000", TWO)).isFalse();
        assertThat(keys.isSame("t", "k0", TWO)).isTrue();
    }
}
