package io.hawser.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.CloseReason;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

final class FollowingTest {
    private static final Position START = new Position("e", 0, "g");
    private static final TopicPattern ROOM = TopicPattern.of("room");

    private final AtomicInteger asked = new AtomicInteger();

    private Following following(TopicHandler handler, int maxWaiting) {
        return new Following(ROOM, START, handler, maxWaiting, asked::incrementAndGet);
    }

    private static void message(Following to, long offset) {
        to.message("room", offset, "g", "s1", "", Data.ofNode(JsonNodeFactory.instance.numberNode(offset)));
    }

    private static void findsNothing(Following following) {
        assertThatExceptionOfType(DeadlineExceeded.class)
                .isThrownBy(() -> Deadline.within(Duration.ZERO, following::receive));
    }

    @Test
    void anErrorOfTheHandlerDoesNotEndTheDelivery() throws InterruptedException {
        LinkedBlockingQueue<Long> handled = new LinkedBlockingQueue<>();
        Following following = following(
                event -> {
                    handled.add(event.position().offset());
                    throw new AssertionError("a fault of the handler");
                },
                8);
        for (long offset = 1; offset <= 2; offset++) {
            message(following, offset);
            assertThat(handled.poll(30, TimeUnit.SECONDS)).isEqualTo(offset);
        }
        following.end(CloseReason.NORMAL);
    }

    @Test
    void whatWasMissedIsAskedForOnceHoweverOftenItIsLookedAt() {
        Following following = new Following(ROOM, START, null, 1, asked::incrementAndGet);
        message(following, 1);
        message(following, 2);
        assertThat(following.receive().position().offset()).isEqualTo(1);
        for (int i = 0; i < 3; i++) findsNothing(following);
        assertThat(asked).hasValue(1);

        following.subscribed(new Position("e", 3, "g"), true);
        message(following, 2);
        message(following, 3);
        assertThat(following.receive().position().offset()).isEqualTo(2);
        for (int i = 0; i < 3; i++) findsNothing(following);
        assertThat(asked).as("it has fallen behind again").hasValue(2);
    }
}
