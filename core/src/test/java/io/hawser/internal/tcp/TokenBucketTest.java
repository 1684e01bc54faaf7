package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.tcp.Rate;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenBucketTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    @ParameterizedTest
    @ValueSource(longs = {0, -5_000_000_000L, Long.MAX_VALUE - 1_000_000_000L, Long.MIN_VALUE + 5})
    void theBurstIsThereAtOnceAndTheRateFromThenOn(long origin) {
        TokenBucket bucket = new TokenBucket(Rate.of(50, 100), origin);
        assertThat(taken(bucket, origin)).isEqualTo(100);
        assertThat(taken(bucket, origin + SECOND)).isEqualTo(50);
        assertThat(taken(bucket, origin + SECOND + SECOND / 50)).isEqualTo(1);
        assertThat(taken(bucket, origin + 100 * SECOND)).isEqualTo(100);
    }

    private static int taken(TokenBucket bucket, long now) {
        int taken = 0;
        while (bucket.tryTake(now)) taken++;
        return taken;
    }

    @Test
    void whatIsSpentBeyondItIsOwed() {
        TokenBucket bucket = new TokenBucket(Rate.of(1000, 2000), 0);
        bucket.spend(2000, 0);
        assertThat(bucket.isOverdrawn(0)).isFalse();
        bucket.spend(3000, 0);
        assertThat(bucket.isOverdrawn(0)).isTrue();
        assertThat(bucket.isOverdrawn(3 * SECOND - 1)).isTrue();
        assertThat(bucket.isOverdrawn(3 * SECOND)).isFalse();
        assertThat(bucket.isFull(3 * SECOND)).isFalse();
        assertThat(bucket.isFull(5 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {9_223_372_036L, 9_223_372_037L, 18_000_000_000L, 18_446_744_074L, Long.MAX_VALUE})
    void aBurstOfAnySizeIsThere(long burst) {
        TokenBucket bucket = new TokenBucket(Rate.of(1, burst), 0);
        assertThat(bucket.tryTake(0)).isTrue();
        bucket.spend(1_000_000_000L, 0);
        assertThat(bucket.isOverdrawn(0)).isFalse();
    }

    @Test
    void manyTokensTakeTheirTime() {
        TokenBucket bucket = new TokenBucket(Rate.of(10_000_000_000L, 20_000_000_000L), 0);
        bucket.spend(30_000_000_000L, 0);
        assertThat(bucket.isOverdrawn(SECOND - 1)).isTrue();
        assertThat(bucket.isOverdrawn(SECOND)).isFalse();
    }

    @Test
    void withoutALimitNothingIsCounted() {
        TokenBucket bucket = new TokenBucket(Rate.unlimited(), 0);
        bucket.spend(Long.MAX_VALUE, 0);
        assertThat(bucket.tryTake(0)).isTrue();
        assertThat(bucket.isOverdrawn(0)).isFalse();
        assertThat(bucket.isFull(0)).isTrue();
    }
}
