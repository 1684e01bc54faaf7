package io.hawser.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Position;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CourseTest {
    private final List<String> wrong = new ArrayList<>();
    private final Findings findings = new Findings(wrong::add);
    private final Numbers numbers = new Numbers("room.1");
    private final Course course = new Course("reader", numbers, findings, new Counts());
    private final Object turn = course.take();

    private void hear(long... heard) {
        for (long each : heard) course.message(turn, Position.NONE, numbers.text(each));
    }

    private List<String> judged() {
        findings.judge();
        return wrong;
    }

    @Test
    void eachMessageBehindTheOneBeforeIsRight() {
        hear(3, 4, 5);
        assertThat(judged()).isEmpty();
        assertThat(course.hasReached(5)).isTrue();
        assertThat(course.hasReached(6)).isFalse();
    }

    @Test
    void aHoleIsFoundMessageByMessage() {
        hear(1, 4);
        assertThat(judged()).containsExactly("reader: 2 is missing", "reader: 3 is missing");
    }

    @Test
    void aHoleThatTheReaderWasToldOfIsNoneAndTheNextOneIs() {
        hear(1);
        course.told(turn, Position.NONE);
        hear(4, 6);
        assertThat(judged()).containsExactly("reader: 5 is missing");
    }

    @Test
    void aMessageThatComesAgainOrTooLateIsFound() {
        hear(1, 2, 2, 3, 1);
        assertThat(judged()).containsExactly("reader: 2 came behind 2", "reader: 1 came behind 3");
    }

    @Test
    void ofWhatItsSenderIsUnsureNothingIsSaid() {
        hear(1, 3, 3);
        numbers.unsure(2);
        numbers.unsure(3);
        assertThat(judged()).isEmpty();
    }

    @Test
    void aMessageWithOtherContentIsFoundAtOnce() {
        course.message(turn, Position.NONE, numbers.text(1) + "x");
        assertThat(wrong).hasSize(1);
    }

    @Test
    void whatAnEarlierConnectionStillHasIsPassedOver() {
        hear(1);
        Object next = course.take();
        hear(2);
        course.message(next, Position.NONE, numbers.text(2));
        assertThat(judged()).isEmpty();
    }

    @Test
    void itIsThroughWhenAllThatWasTakenHasCome() {
        numbers.acknowledge(2);
        hear(1);
        assertThat(course.isThrough()).isFalse();
        hear(2);
        assertThat(course.isThrough()).isTrue();
    }
}
