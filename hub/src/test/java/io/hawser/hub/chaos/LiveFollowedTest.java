package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class LiveFollowedTest {
    private final Tally tally = new Tally();
    private final LiveFollowed followed = new LiveFollowed(tally);

    @Test
    void whatIsLostAndToldIsNotMissing() {
        followed.message(1);
        followed.gap(2);
        followed.gap(1);
        followed.message(5);
        followed.message(6);
        assertThat(tally.take()).isEqualTo(new Seen(3, 0, 0, 0));
        assertThat(tally.lost.sum()).isEqualTo(3);
        assertThat(followed.hasReached(6)).isTrue();
        assertThat(followed.hasReached(7)).isFalse();
    }

    @Test
    void whatIsLostAndNotToldIsMissingAndSoIsWhatIsToldAndNotLost() {
        followed.message(3);
        assertThat(tally.take()).as("the first two").isEqualTo(new Seen(1, 0, 2, 0));
        followed.gap(1);
        followed.message(6);
        assertThat(tally.take()).as("one of two").isEqualTo(new Seen(1, 0, 1, 0));
        followed.gap(5);
        followed.message(7);
        assertThat(tally.take()).as("five of none").isEqualTo(new Seen(1, 0, 5, 0));
    }

    @Test
    void whatComesAgainIsADuplicate() {
        followed.message(1);
        followed.message(1);
        assertThat(tally.take()).isEqualTo(new Seen(1, 1, 0, 0));
    }
}
