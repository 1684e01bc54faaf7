package io.hawser.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.messaging.Container;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FeedTest {
    @Test
    void leavesRoomForAnAnswerWhenItsWorkerIsBehind() {
        UnreadSession worker = new UnreadSession();
        AtomicInteger behind = new AtomicInteger();
        Feed feed = new Feed("w1", worker.dialogue, behind::incrementAndGet);

        while (behind.get() == 0) feed.tell(Container.of("said").with("text", "x".repeat(1 << 20)));
        assertThat(worker.queued()).isGreaterThan(BackplaneService.MAX_MESSAGE_BYTES / 4);
        long before = worker.queued();
        worker.asks(Container.of("question"));

        assertThat(worker.queued()).as("the answer was dropped").isGreaterThan(before);
        assertThat(worker.calls).doesNotContain("abort");
    }
}
