package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LaneTest {
    private static TopicMessage message(long offset) {
        return new TopicMessage(Topic.of("a"), new Position("e", offset, "g"), Bytes.EMPTY, Instant.EPOCH);
    }

    @Test
    void whatAListenerPublishesComesAfterWhatItHears() {
        List<Long> heard = new ArrayList<>();
        Lane[] lane = new Lane[1];
        lane[0] = new Lane(message -> {
            long offset = message.position().offset();
            if (offset == 1) lane[0].publish(() -> new Lane.Made<>("", message(2)));
            heard.add(offset);
        });
        lane[0].publish(() -> new Lane.Made<>("", message(1)));
        assertThat(heard).containsExactly(1L, 2L);
    }

    @Test
    void noPublisherWaitsForAListenerAndWhatWaitsIsBounded() throws InterruptedException {
        CountDownLatch slow = new CountDownLatch(1);
        List<Long> heard = new ArrayList<>();
        Lane lane = new Lane(message -> {
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            heard.add(message.position().offset());
        });
        Thread first = Thread.startVirtualThread(() -> lane.publish(() -> new Lane.Made<>("", message(1))));
        while (first.getState() != Thread.State.WAITING) Thread.onSpinWait();
        for (long i = 2; i <= 8193; i++) {
            long offset = i;
            lane.publish(() -> new Lane.Made<>("", message(offset)));
        }
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> lane.publish(() -> new Lane.Made<>("", message(9999))))
                .satisfies(rejected -> assertThat(rejected.retryAfter()).isPresent());
        slow.countDown();
        first.join();
        assertThat(heard).hasSize(8193).isSorted();
    }
}
