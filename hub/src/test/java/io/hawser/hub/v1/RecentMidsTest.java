package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RecentMidsTest {
    private static final long TWO_MINUTES = Duration.ofMinutes(2).toNanos();

    @Test
    void aNameIsKnownForTwoMinutes() {
        RecentMids mids = new RecentMids();
        mids.add("a", 0);
        assertThat(mids.knows("a", TWO_MINUTES - 1)).isTrue();
        assertThat(mids.knows("b", 0)).isFalse();
        assertThat(mids.knows("a", TWO_MINUTES)).isFalse();
    }

    @Test
    void theOldestOfOver256IsForgotten() {
        RecentMids mids = new RecentMids();
        for (int i = 0; i <= 256; i++) mids.add("m" + i, i);
        assertThat(mids.knows("m0", 300)).isFalse();
        assertThat(mids.knows("m1", 300)).isTrue();
        assertThat(mids.knows("m256", 300)).isTrue();
    }
}
