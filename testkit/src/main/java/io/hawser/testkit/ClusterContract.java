package io.hawser.testkit;

import static io.hawser.testkit.BackplaneSubject.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Member;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// How every [Backplane] knows sessions and nodes.
public interface ClusterContract extends BackplaneSubject {
    @Test
    default void whoIsPresentIsListedUntilTheyLeave() throws Exception {
        Topic topic = Topic.of("room.1");
        try (Backplane backplane = start(TopicRules.defaults())) {
            String node = backplane.nodes().name();
            backplane.presence().join(topic, "s2", "bob");
            backplane.presence().join(topic, "s1", "ann");
            backplane.presence().join(topic, "s1", "ann");
            backplane.presence().join(Topic.of("room.2"), "s3", "cid");
            assertThat(backplane.presence().members(topic))
                    .containsExactly(new Member("s1", "ann", node), new Member("s2", "bob", node));
            assertThat(backplane.presence().count(topic)).isEqualTo(2);
            backplane.presence().leave(topic, "s1");
            backplane.presence().leave(topic, "unknown");
            assertThat(backplane.presence().members(topic)).containsExactly(new Member("s2", "bob", node));
            assertThat(backplane.presence().count(topic)).isOne();
            assertThat(backplane.presence().members(Topic.of("room.3"))).isEmpty();
            assertThat(backplane.presence().count(Topic.of("room.3"))).isZero();
        }
    }

    @Test
    default void aNodeAnswersItself() throws Exception {
        try (Backplane backplane = start(TopicRules.defaults())) {
            String self = backplane.nodes().name();
            assertThat(backplane.nodes().names()).contains(self);
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> await(backplane.nodes().ask(self, Bytes.ofUtf8("anyone?"))));
            try (var _ = backplane
                    .nodes()
                    .answer((from, request) ->
                            CompletableFuture.completedFuture(Bytes.ofUtf8(from + ":" + request.toUtf8())))) {
                assertThat(await(backplane.nodes().ask(self, Bytes.ofUtf8("hi")))
                                .toUtf8())
                        .isEqualTo(self + ":hi");
                assertThatIllegalStateException()
                        .isThrownBy(() -> backplane
                                .nodes()
                                .answer((from, request) -> CompletableFuture.completedFuture(request)));
            }
        }
    }

    @Test
    default void aNodeThatIsNotThereIsAnError() throws Exception {
        try (Backplane backplane = start(TopicRules.defaults())) {
            assertThatExceptionOfType(Rejected.class)
                    .isThrownBy(() -> await(backplane.nodes().ask("nobody", Bytes.EMPTY)));
        }
    }

    @Test
    default void itIsConnectedWhenItHasStarted() throws Exception {
        try (Backplane backplane = start(TopicRules.defaults())) {
            assertThat(backplane.status().isConnected()).isTrue();
        }
    }
}
