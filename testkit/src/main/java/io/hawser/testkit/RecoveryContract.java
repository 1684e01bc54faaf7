package io.hawser.testkit;

import static io.hawser.testkit.BackplaneSubject.after;
import static io.hawser.testkit.BackplaneSubject.await;
import static io.hawser.testkit.BackplaneSubject.publish;
import static io.hawser.testkit.BackplaneSubject.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.cluster.Backplane;
import io.hawser.cluster.History;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// How every [Backplane] recovers: all since a position, in order, once, or the reason why not.
public interface RecoveryContract extends BackplaneSubject {
    /// Rules that keep three messages of each topic.
    TopicRules THREE = TopicRules.defaults().withDefault(TopicConfig.log().withSize(3));

    private static List<Position> publishAll(Backplane backplane, Topic topic, int count) {
        List<Position> positions = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            // What another topic gets in between moves offsets, and nothing else.
            publish(backplane, Topic.of("noise"), "n" + i);
            positions.add(publish(backplane, topic, "m" + i).position());
        }
        return positions;
    }

    private static void assertBroken(History history, ResyncReason reason, Position head) {
        assertThat(history).isEqualTo(History.broken(head, reason));
    }

    @Test
    default void allSinceAPositionComesInOrder() throws Exception {
        Topic topic = Topic.of("since");
        try (Backplane backplane = start(TopicRules.defaults())) {
            List<Position> at = publishAll(backplane, topic, 5);
            History since = after(backplane, topic, at.get(1));
            assertThat(texts(since)).containsExactly("m3", "m4", "m5");
            assertThat(since.messages()).extracting(TopicMessage::position).isEqualTo(at.subList(2, 5));
            assertThat(since.hole()).isEmpty();
            assertThat(since.head()).isEqualTo(at.get(4));
            assertThat(since.reachesHead()).isTrue();
        }
    }

    @Test
    default void aLimitCutsFromTheEndAndTheRestComesFromThere() throws Exception {
        Topic topic = Topic.of("pages");
        try (Backplane backplane = start(TopicRules.defaults())) {
            List<Position> at = publishAll(backplane, topic, 5);
            History page = await(backplane.history(topic, Optional.of(at.get(0)), 2));
            assertThat(texts(page)).containsExactly("m2", "m3");
            assertThat(page.reachesHead()).isFalse();
            assertThat(page.head()).isEqualTo(at.get(4));
            assertThat(texts(after(backplane, topic, page.messages().getLast().position())))
                    .containsExactly("m4", "m5");
        }
    }

    @Test
    default void withoutAPositionTheLastOnesCome() throws Exception {
        Topic topic = Topic.of("last");
        try (Backplane backplane = start(TopicRules.defaults())) {
            List<Position> at = publishAll(backplane, topic, 5);
            History last = await(backplane.history(topic, Optional.empty(), 2));
            assertThat(texts(last)).containsExactly("m4", "m5");
            assertThat(last.head()).isEqualTo(at.get(4));
            assertThat(await(backplane.history(topic, Optional.empty(), 0)).messages())
                    .isEmpty();
        }
    }

    @Test
    default void atTheHeadNothingWasMissed() throws Exception {
        Topic topic = Topic.of("head");
        try (Backplane backplane = start(TopicRules.defaults())) {
            Position head = publishAll(backplane, topic, 2).getLast();
            assertThat(after(backplane, topic, head)).isEqualTo(new History(head, List.of(), Optional.empty()));
        }
    }

    @Test
    default void aPositionFromBeforeTheFirstMessageGetsThemAll() throws Exception {
        Topic topic = Topic.of("fresh");
        try (Backplane backplane = start(THREE)) {
            publish(backplane, Topic.of("noise"), "before");
            Position before =
                    await(backplane.history(topic, Optional.empty(), 9)).head();
            assertThat(after(backplane, topic, before).hole()).isEmpty();
            publishAll(backplane, topic, 3);
            History all = after(backplane, topic, before);
            assertThat(texts(all)).containsExactly("m1", "m2", "m3");
            assertThat(all.hole()).isEmpty();
            Position head = publish(backplane, topic, "m4").position();
            assertBroken(after(backplane, topic, before), ResyncReason.WINDOW, head);
        }
    }

    @Test
    default void anotherEpochIsSaid() throws Exception {
        Topic topic = Topic.of("epoch");
        try (Backplane backplane = start(TopicRules.defaults())) {
            List<Position> at = publishAll(backplane, topic, 2);
            Position gone = new Position("gone", at.get(0).offset(), at.get(0).tag());
            assertBroken(after(backplane, topic, gone), ResyncReason.EPOCH, at.get(1));
        }
    }

    @Test
    default void aHistoryThatWasRolledBackIsAFork() throws Exception {
        Topic topic = Topic.of("fork");
        try (Backplane backplane = start(TopicRules.defaults())) {
            List<Position> at = publishAll(backplane, topic, 3);
            Position head = at.getLast();
            Position rewritten = new Position(head.epoch(), at.get(1).offset(), "other");
            assertBroken(after(backplane, topic, rewritten), ResyncReason.FORK, head);
            Position rewrittenHead = new Position(head.epoch(), head.offset(), "other");
            assertBroken(after(backplane, topic, rewrittenHead), ResyncReason.FORK, head);
            Position ahead = new Position(head.epoch(), head.offset() + 100, "other");
            assertBroken(after(backplane, topic, ahead), ResyncReason.FORK, head);
        }
    }

    @Test
    default void asManyAsAreKeptCanBeMissedAndNoMore() throws Exception {
        Topic topic = Topic.of("window");
        try (Backplane backplane = start(THREE)) {
            List<Position> at = publishAll(backplane, topic, 5);
            assertThat(texts(after(backplane, topic, at.get(1)))).containsExactly("m3", "m4", "m5");
            assertBroken(after(backplane, topic, at.get(0)), ResyncReason.WINDOW, at.get(4));
            assertThat(texts(await(backplane.history(topic, Optional.empty(), 9))))
                    .containsExactly("m3", "m4", "m5");
        }
    }

    @Test
    default void noMoreBytesAreReplayedThanTheRulesSay() throws Exception {
        Topic topic = Topic.of("size");
        TopicRules rules = TopicRules.defaults().withDefault(TopicConfig.log().withBytes(10));
        try (Backplane backplane = start(rules)) {
            Position first = publish(backplane, topic, "1234").position();
            Position second = publish(backplane, topic, "5678").position();
            assertThat(texts(after(backplane, topic, first))).containsExactly("5678");
            Position third = publish(backplane, topic, "90ab").position();
            assertThat(texts(after(backplane, topic, first))).containsExactly("5678", "90ab");
            Position head = publish(backplane, topic, "cdef").position();
            assertBroken(after(backplane, topic, first), ResyncReason.WINDOW, head);
            assertThat(texts(after(backplane, topic, second))).containsExactly("90ab", "cdef");
            assertThat(texts(after(backplane, topic, third))).containsExactly("cdef");
        }
    }

    @Test
    default void whatIsTooOldIsNotReplayedButStillProves() throws Exception {
        Topic topic = Topic.of("age");
        TopicRules rules = TopicRules.defaults().withDefault(TopicConfig.log().withAge(Duration.ofMillis(300)));
        try (Backplane backplane = start(rules)) {
            List<Position> at = publishAll(backplane, topic, 2);
            awaitGone(backplane, topic);
            assertThat(after(backplane, topic, at.get(1)).hole()).isEmpty();
            assertBroken(after(backplane, topic, at.get(0)), ResyncReason.WINDOW, at.get(1));
            Position head = publish(backplane, topic, "m3").position();
            History recovered = after(backplane, topic, at.get(1));
            assertThat(recovered.hole()).isEmpty();
            assertThat(recovered.head()).isEqualTo(head);
        }
    }

    private static void awaitGone(Backplane backplane, Topic topic) throws InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 100; i++) {
            if (await(backplane.history(topic, Optional.empty(), 9)).messages().isEmpty()) return;
            TimeUnit.MILLISECONDS.sleep(10);
        }
        throw new AssertionError("messages are replayed long after their age");
    }
}
