package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.policy.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class SharedPermitsTest {
    private static final RateLimit BUCKET = RateLimit.tokenBucket(10, Duration.ofSeconds(1), 3);
    private static final RateLimit WINDOW = RateLimit.perWindow(3, Duration.ofSeconds(1));
    private static final long NOW = 1_767_225_600_250_000_000L;

    private SharedPermits permits = SharedPermits.NONE_USED;

    private long take(RateLimit limit, long now) {
        SharedPermits known = SharedPermits.of(permits.toBytes()).at(limit, now);
        permits = known.plus(limit, 1);
        return known.wait(limit, now).toMillis();
    }

    @Test
    void aBucketGivesItsBurstAtOnceAndThenEvenly() {
        assertThat(new long[] {take(BUCKET, NOW), take(BUCKET, NOW), take(BUCKET, NOW)})
                .containsOnly(0);
        assertThat(take(BUCKET, NOW)).isEqualTo(100);
        assertThat(take(BUCKET, NOW)).isEqualTo(200);
        assertThat(take(BUCKET, NOW + 300_000_000)).isZero();
        assertThat(take(BUCKET, NOW + 300_000_000)).isEqualTo(100);
    }

    @Test
    void aBucketThatWasLeftAloneIsFullAndNotMore() {
        take(BUCKET, NOW);
        long later = NOW + Duration.ofHours(1).toNanos();
        assertThat(new long[] {take(BUCKET, later), take(BUCKET, later), take(BUCKET, later)})
                .containsOnly(0);
        assertThat(take(BUCKET, later)).isEqualTo(100);
    }

    @Test
    void aWindowGivesAllAtItsBeginningAndWhoWaitsUsesTheNext() {
        assertThat(new long[] {take(WINDOW, NOW), take(WINDOW, NOW), take(WINDOW, NOW)})
                .containsOnly(0);
        assertThat(new long[] {take(WINDOW, NOW), take(WINDOW, NOW), take(WINDOW, NOW)})
                .containsOnly(750);
        assertThat(take(WINDOW, NOW)).isEqualTo(1750);
        assertThat(take(WINDOW, NOW + 1_000_000_000))
                .as("four are used of this and the next")
                .isEqualTo(750);
        assertThat(take(WINDOW, NOW + 9_000_000_000L)).isZero();
    }

    @Test
    void whatIsGivenBackIsThereAgain() {
        for (RateLimit limit : new RateLimit[] {BUCKET, WINDOW}) {
            permits = SharedPermits.NONE_USED;
            for (int i = 0; i < 4; i++) take(limit, NOW);
            permits = permits.plus(limit, -2);
            assertThat(take(limit, NOW)).isZero();
            assertThat(take(limit, NOW)).isPositive();
        }
    }

    @Test
    void whatTheOtherSideCountsNeverRaisesWhatIsLeft() {
        for (RateLimit limit : new RateLimit[] {BUCKET, WINDOW}) {
            permits = SharedPermits.NONE_USED.at(limit, NOW).lowered(limit, 1, NOW);
            assertThat(take(limit, NOW)).isZero();
            permits = permits.at(limit, NOW).lowered(limit, 3, NOW);
            assertThat(take(limit, NOW)).isPositive();
        }
    }

    @Test
    void whatIsHeldWaitsUntilThen() {
        permits = SharedPermits.NONE_USED
                .at(BUCKET, NOW)
                .heldUntil(NOW + 5_000_000_000L)
                .heldUntil(NOW);
        assertThat(take(BUCKET, NOW)).isEqualTo(5000);
        assertThat(take(BUCKET, NOW + 5_000_000_000L)).isZero();
    }
}
