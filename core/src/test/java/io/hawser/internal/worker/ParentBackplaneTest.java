package io.hawser.internal.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ParentBackplaneTest {
    private static final Topic TOPIC = Topic.of("room");

    @Test
    void publicationsThatTheParentDoesNotTakeLeaveRoomForWhoIsPresent() {
        UnreadSession parent = new UnreadSession();
        ParentBackplane backplane = new ParentBackplane(parent.dialogue, "w1", TopicRules.defaults());
        Publication large = Publication.of(TOPIC, Bytes.wrap(new byte[1 << 20]));

        CompletableFuture<Published> last = backplane.publish(large);
        for (int i = 0; i < 64 && !last.isDone(); i++) last = backplane.publish(large);
        CompletableFuture<Published> refused = last;
        assertThatThrownBy(refused::join).hasCauseInstanceOf(Rejected.class);
        long before = parent.queued();
        backplane.presence().join(TOPIC, "session", "client");

        assertThat(parent.queued()).as("the notice was dropped").isGreaterThan(before);
        assertThat(parent.calls).doesNotContain("close");
        assertThat(backplane.status().isConnected()).isTrue();
    }
}
