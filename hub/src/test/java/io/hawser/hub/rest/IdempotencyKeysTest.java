package io.hawser.hub.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.hub.rest.IdempotencyKeys.Known;
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
        assertThat(keys.add("t", "k", ONE)).isEqualTo(Known.NOTHING);
        assertThat(keys.add("t", "k", ONE)).isEqualTo(Known.SAME_BODY);
        assertThat(keys.add("t", "k", TWO)).isEqualTo(Known.OTHER_BODY);
        assertThat(keys.add("u", "k", TWO)).isEqualTo(Known.NOTHING);
        time.advance(Duration.ofMinutes(2));
        assertThat(keys.add("t", "k", TWO)).isEqualTo(Known.NOTHING);
    }

    @Test
    void ofOver10000TheOldestIsForgotten() {
        for (int i = 0; i <= 10_000; i++) keys.add("t", "k" + i, ONE);
        assertThat(keys.add("t", "k10000", TWO)).isEqualTo(Known.OTHER_BODY);
        assertThat(keys.add("t", "k0", TWO)).isEqualTo(Known.NOTHING);
    }
}
