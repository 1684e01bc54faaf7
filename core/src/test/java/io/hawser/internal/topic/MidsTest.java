package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class MidsTest {
    private final FakeTime time = new FakeTime();
    private final Mids mids = new Mids(3, time);
    private final Published at = Published.at(new Position("e", 1, "g"));

    private static Publication mid(String mid) {
        return Publication.of(Topic.of("a"), Bytes.EMPTY).withMid("ann", mid);
    }

    @Test
    void aMidIsRememberedForTwoMinutes() {
        mids.add(mid("1"), at);
        time.pass(Duration.ofMinutes(2));
        assertThat(mids.find(mid("1"))).contains(at.asDuplicate());
        time.pass(Duration.ofNanos(1));
        assertThat(mids.find(mid("1"))).isEmpty();
        assertThat(mids.size()).isZero();
    }

    @Test
    void overTheLimitTheOldestIsForgotten() {
        for (int i = 1; i <= 4; i++) mids.add(mid("" + i), at);
        assertThat(mids.size()).isEqualTo(3);
        assertThat(mids.find(mid("1"))).isEmpty();
        assertThat(mids.find(mid("2"))).isPresent();
    }

    @Test
    void whatHasNoMidIsNotRemembered() {
        Publication without = Publication.of(Topic.of("a"), Bytes.EMPTY);
        mids.add(without, at);
        assertThat(mids.find(without)).isEmpty();
        assertThat(mids.size()).isZero();
    }
}
