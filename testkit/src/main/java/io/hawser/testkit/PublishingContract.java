package io.hawser.testkit;

import static io.hawser.testkit.BackplaneSubject.await;
import static io.hawser.testkit.BackplaneSubject.publish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// How every [Backplane] publishes.
public interface PublishingContract extends BackplaneSubject {
    /// Rules with live topics below `live.`.
    TopicRules LIVE = TopicRules.defaults().with("live.", TopicConfig.live());

    @Test
    default void listenersHearInTheOrderOfPublishing() throws Exception {
        Topic topic = Topic.of("order");
        Heard first = new Heard();
        Heard second = new Heard();
        try (Backplane backplane = start(LIVE);
                var _ = backplane.listen(first);
                var _ = backplane.listen(second)) {
            List<CompletableFuture<Published>> published = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                published.add(backplane.publish(Publication.of(topic, Bytes.ofUtf8("m" + i))));
            }
            List<TopicMessage> heard = first.await(topic, 100);
            for (int i = 0; i < 100; i++) {
                assertThat(heard.get(i).payload().toUtf8()).isEqualTo("m" + i);
                assertThat(heard.get(i).position())
                        .isEqualTo(await(published.get(i)).position());
            }
            assertThat(second.await(topic, 100)).isEqualTo(heard);
            assertThat(heard)
                    .isSortedAccordingTo(
                            Comparator.comparingLong(m -> m.position().offset()));
            assertThat(heard)
                    .extracting(m -> m.position().epoch())
                    .containsOnly(heard.getFirst().position().epoch());
        }
    }

    @Test
    default void manyPublishersAtOnceMakeOneOrder() throws Exception {
        Topic topic = Topic.of("many");
        Heard heard = new Heard();
        try (Backplane backplane = start(
                        TopicRules.defaults().withDefault(TopicConfig.log().withSize(1000)));
                var _ = backplane.listen(heard)) {
            List<Thread> publishers = new ArrayList<>();
            for (int p = 0; p < 4; p++) {
                String name = "p" + p + "-";
                publishers.add(Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 50; i++) publish(backplane, topic, name + i);
                }));
            }
            for (Thread publisher : publishers) publisher.join();
            List<TopicMessage> all = heard.await(topic, 200);
            assertThat(all)
                    .isSortedAccordingTo(
                            Comparator.comparingLong(m -> m.position().offset()));
            assertThat(all).extracting(TopicMessage::position).doesNotHaveDuplicates();
            for (int p = 0; p < 4; p++) {
                String name = "p" + p + "-";
                List<String> own = heard.texts(topic).stream()
                        .filter(text -> text.startsWith(name))
                        .toList();
                for (int i = 0; i < 50; i++) assertThat(own.get(i)).isEqualTo(name + i);
            }
            assertThat(await(backplane.history(topic, Optional.empty(), 1000)).messages())
                    .extracting(TopicMessage::position)
                    .isEqualTo(all.stream().map(TopicMessage::position).toList());
        }
    }

    @Test
    default void theSameMidOfTheSamePrincipalIsOneMessage() throws Exception {
        Topic topic = Topic.of("mids");
        Topic other = Topic.of("mids.other");
        Heard heard = new Heard();
        try (Backplane backplane = start(LIVE);
                var _ = backplane.listen(heard)) {
            Publication publication = Publication.of(topic, Bytes.ofUtf8("x")).withMid("ann", "1");
            Published first = await(backplane.publish(publication));
            Published again = await(backplane.publish(publication));
            assertThat(first.isDuplicate()).isFalse();
            assertThat(again).isEqualTo(first.asDuplicate());
            assertThat(await(backplane.publish(publication.withMid("bob", "1"))).isDuplicate())
                    .isFalse();
            assertThat(await(backplane.publish(publication.withMid("ann", "2"))).isDuplicate())
                    .isFalse();
            Publication elsewhere = Publication.of(other, Bytes.ofUtf8("x")).withMid("ann", "1");
            assertThat(await(backplane.publish(elsewhere)).isDuplicate()).isFalse();
            publish(backplane, topic, "end");
            assertThat(heard.await(topic, 4)).hasSize(4);
            assertThat(heard.texts(topic)).containsExactly("x", "x", "x", "end");
        }
    }

    @Test
    default void partsOfAMidAreNotMixedUp() throws Exception {
        Topic topic = Topic.of("mixed");
        try (Backplane backplane = start(LIVE)) {
            Publication publication = Publication.of(topic, Bytes.ofUtf8("x"));
            assertThat(await(backplane.publish(publication.withMid("a:", "b"))).isDuplicate())
                    .isFalse();
            assertThat(await(backplane.publish(publication.withMid("a", ":b"))).isDuplicate())
                    .isFalse();
            assertThat(await(backplane.publish(publication.withMid("", "a:b"))).isDuplicate())
                    .isFalse();
        }
    }

    @Test
    default void liveTopicsReachListenersAndLeaveNothing() throws Exception {
        Topic topic = Topic.of("live.a");
        Heard heard = new Heard();
        try (Backplane backplane = start(LIVE);
                var _ = backplane.listen(heard)) {
            Published published = publish(backplane, topic, "now");
            assertThat(published).isEqualTo(Published.at(Position.NONE));
            Publication once = Publication.of(topic, Bytes.ofUtf8("once")).withMid("ann", "1");
            assertThat(await(backplane.publish(once)).isDuplicate()).isFalse();
            assertThat(await(backplane.publish(once)).isDuplicate()).isTrue();
            publish(backplane, topic, "end");
            heard.await(topic, 3);
            assertThat(heard.texts(topic)).containsExactly("now", "once", "end");
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> backplane.history(topic, Optional.empty(), 1));
        }
    }

    @Test
    default void namesThatLookAlikeAreTopicsOfTheirOwn() throws Exception {
        List<String> names = List.of(
                "a.b",
                "A.b",
                "a-b",
                "a_b",
                "a%2Eb",
                "a=b",
                "a/b",
                "ä.b",
                "a\u0308.b",
                "$JS.API",
                "_INBOX.x",
                "😀.b",
                "x".repeat(255),
                "ä".repeat(127));
        Heard heard = new Heard();
        try (Backplane backplane = start(TopicRules.defaults());
                var _ = backplane.listen(heard)) {
            for (String name : names) publish(backplane, Topic.of(name), name);
            for (String name : names) {
                heard.await(Topic.of(name), 1);
                assertThat(heard.texts(Topic.of(name))).containsExactly(name);
                assertThat(BackplaneSubject.texts(await(backplane.history(Topic.of(name), Optional.empty(), 9))))
                        .containsExactly(name);
            }
        }
    }

    @Test
    default void payloadsComeBackByteForByte() throws Exception {
        Topic topic = Topic.of("bytes");
        Heard heard = new Heard();
        byte[] large = new byte[512 << 10];
        new Random(3).nextBytes(large);
        try (Backplane backplane = start(TopicRules.defaults());
                var _ = backplane.listen(heard)) {
            await(backplane.publish(Publication.of(topic, Bytes.EMPTY)));
            await(backplane.publish(Publication.of(topic, Bytes.copyOf(large))));
            assertThat(heard.await(topic, 2))
                    .extracting(TopicMessage::payload)
                    .containsExactly(Bytes.EMPTY, Bytes.copyOf(large));
        }
    }

    @Test
    default void aListenerThatThrowsHarmsNoOtherAndAClosedOneHearsNothing() throws Exception {
        Topic topic = Topic.of("harm");
        Heard heard = new Heard();
        Heard closed = new Heard();
        BackplaneListener broken = new BackplaneListener() {
            @Override
            public void message(TopicMessage message) {
                throw new IllegalStateException("a listener that fails on purpose");
            }

            @Override
            public void interrupted() {}
        };
        try (Backplane backplane = start(TopicRules.defaults());
                var _ = backplane.listen(broken);
                var _ = backplane.listen(heard)) {
            backplane.listen(closed).close();
            publish(backplane, topic, "x");
            assertThat(heard.await(topic, 1)).hasSize(1);
            assertThat(closed.of(topic)).isEmpty();
        }
    }

    @Test
    default void aClosedBackplaneRejects() throws Exception {
        Backplane backplane = start(TopicRules.defaults());
        backplane.close();
        backplane.close();
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> publish(backplane, Topic.of("a"), "x"));
    }
}
