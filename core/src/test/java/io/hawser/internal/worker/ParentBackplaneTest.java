package io.hawser.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ParentBackplaneTest {
    private static final Topic TOPIC = Topic.of("room");
    private static final int MIB = 1 << 20;
    private static final int PUBLISHERS = 16;

    private final UnreadSession parent = new UnreadSession();
    private final ParentBackplane backplane = new ParentBackplane(parent.dialogue, "w1", TopicRules.defaults());

    private CompletableFuture<Published> publish(int bytes) {
        return backplane.publish(Publication.of(TOPIC, Bytes.wrap(new byte[bytes])));
    }

    @Test
    void publicationsThatTheParentDoesNotTakeLeaveRoomForWhoIsPresent() throws Exception {
        CompletableFuture<Published> last = publish(MIB);
        for (int i = 0; i < 64 && !last.isDone(); i++) last = publish(MIB);
        CompletableFuture<Published> refused = last;
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> refused.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(Rejected.class);
        theNoticeIsTaken();
    }

    @Test
    void publishersAtTheSameTimeLeaveIt() throws Exception {
        List<Thread> publishers = new ArrayList<>();
        for (int i = 0; i < PUBLISHERS; i++) publishers.add(Thread.startVirtualThread(() -> publish(4 * MIB)));
        for (Thread each : publishers) each.join();

        assertThat(parent.queued()).isBetween(8L * MIB, Feed.ROOM_BYTES);
        theNoticeIsTaken();
    }

    @Test
    void whoIsPresentIsToldOverTheSoftBound() {
        parent.fill();
        theNoticeIsTaken();
    }

    private void theNoticeIsTaken() {
        long before = parent.queued();
        backplane.presence().join(TOPIC, "session", "client");
        assertThat(parent.queued()).as("the notice was dropped").isGreaterThan(before);
        assertThat(parent.calls).doesNotContain("close");
        assertThat(backplane.status().isConnected()).isTrue();
    }
}
