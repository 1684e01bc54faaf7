package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Position;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What `hawser chaos` counts as wrong.
final class FollowedTest {
    private final Tally tally = new Tally();
    private final Followed followed = new Followed(tally);

    @BeforeEach
    void begin() {
        followed.begins(new Position("e", 10, "t"));
        followed.message(11, "t", 5, 1);
    }

    @Test
    void oneAfterTheOtherIsRight() {
        followed.message(14, "t", 6, 2);
        assertThat(tally.take()).isEqualTo(new Seen(2, 0, 0, 0));
        assertThat(followed.hasReached(6)).isTrue();
        assertThat(followed.hasReached(7)).isFalse();
    }

    @Test
    void aMessageThatIsMissingIsAHole() {
        followed.message(14, "t", 8, 2);
        assertThat(tally.take()).isEqualTo(new Seen(2, 0, 2, 0));
    }

    @Test
    void aHoleThatIsToldIsNone() {
        followed.resync(new Position("f", 3, "t"));
        assertThat(followed.hasReached(0)).as("nothing has come since").isFalse();
        followed.message(4, "t", 20, 2);
        assertThat(tally.take()).isEqualTo(new Seen(2, 0, 0, 1));
        assertThat(followed.at()).contains(new Position("f", 4, "t"));
    }

    @Test
    void aMessageThatComesTwiceOrLateIsADuplicate() {
        followed.message(11, "t", 5, 1);
        followed.message(9, "t", 4, 1);
        assertThat(tally.take()).isEqualTo(new Seen(1, 2, 0, 0));
    }

    @Test
    void whatIsPublishedAgainUnderAnotherOffsetIsNone() {
        followed.message(12, "t", 5, 1);
        followed.message(13, "t", 6, 1);
        assertThat(tally.take()).isEqualTo(new Seen(3, 0, 0, 0));
    }
}
