package io.hawser.nats.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.Rejected;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Follower;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicPattern;
import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsBackplane;
import io.hawser.nats.NatsConfig;
import io.hawser.testkit.BackplaneSubject;
import io.hawser.testkit.NatsServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/// The broker goes away and comes back, in the ways in which brokers do.
@EnabledIf("io.hawser.testkit.NatsServer#isHere")
@Timeout(180)
final class BrokerFaultsTest {
    private static final TopicRules RULES = TopicRules.defaults().with("live.", TopicConfig.live());
    private static final Topic TOPIC = Topic.of("room.1");

    private NatsServer server;
    private NatsBackplane one;
    private NatsBackplane two;
    private Subscriptions subscriptions;
    private Follower follower;
    private final Follow follow = new Follow();

    @BeforeEach
    void start() throws Exception {
        server = NatsServer.start();
        NatsConfig config = NatsConfig.of(NatsBackplaneTest.KEY, server.url()).withMaxBytes(64 << 20);
        one = NatsBackplane.start(config, "one", RULES);
        two = NatsBackplane.start(config, "two", RULES);
        subscriptions = Subscriptions.over(two);
        follower = subscriptions.follow(follow);
        follower.subscribe(TopicPattern.of(TOPIC), Optional.empty(), follow);
        follow.awaitLast("subscribed");
    }

    @AfterEach
    void stop() throws IOException {
        follower.close();
        subscriptions.close();
        one.close();
        two.close();
        server.close();
    }

    private static Published publish(Backplane at, Topic topic, String text) {
        return BackplaneSubject.await(at.publish(Publication.of(topic, Bytes.ofUtf8(text))));
    }

    /// Tries with the same `mid` until it is published.
    private static Published insist(Backplane at, String text) throws InterruptedException {
        Publication publication = Publication.of(TOPIC, Bytes.ofUtf8(text)).withMid("test", text);
        for (int i = 0; i < 1200; i++) {
            try {
                return BackplaneSubject.await(at.publish(publication));
            } catch (HawserException e) {
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
        throw new AssertionError("the broker does not come back");
    }

    private static void awaitConnected(Backplane backplane, boolean expected) throws InterruptedException {
        for (int i = 0; i < 6000 && backplane.status().isConnected() != expected; i++) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        assertThat(backplane.status().isConnected())
                .as(backplane.status().detail())
                .isEqualTo(expected);
    }

    @Test
    void whileTheBrokerIsAwayLiveGoesOnLogsAreRefusedAndMemoryIsRead() throws Exception {
        Position first = publish(one, TOPIC, "1").position();
        publish(one, TOPIC, "2");
        follow.awaitLast("2");
        server.kill();
        awaitConnected(two, false);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> publish(two, TOPIC, "x"))
                .satisfies(rejected -> assertThat(rejected.retryAfter()).isPresent());
        assertThat(publish(two, Topic.of("live.a"), "x").isLocal()).isTrue();
        assertThat(BackplaneSubject.texts(BackplaneSubject.after(two, TOPIC, first)))
                .containsExactly("2");
        server.restart();
        insist(one, "3");
        assertThat(follow.awaitLast("3")).containsExactly("subscribed", "1", "2", "3");
        awaitConnected(two, true);
        assertThat(publish(two, Topic.of("live.a"), "x").isLocal()).isFalse();
    }

    @Test
    void whatIsPublishedWhileANodeIsCutOffReachesItsSubscribersOnce() throws Exception {
        publish(one, TOPIC, "1");
        follow.awaitLast("1");
        server.kill();
        awaitConnected(two, false);
        server.restart();
        for (int i = 2; i <= 50; i++) insist(one, "" + i);
        assertThat(follow.awaitLast("50")).hasSize(51).doesNotHaveDuplicates();
    }

    @Test
    void aBrokerWhoseDataIsGoneIsAnotherEpoch() throws Exception {
        publish(one, TOPIC, "1");
        follow.awaitLast("1");
        server.kill();
        server.restartEmpty();
        awaitConnected(two, true);
        follow.await(all -> all.contains("resync epoch"));
        insist(one, "2");
        assertThat(follow.awaitLast("2")).containsExactly("subscribed", "1", "resync epoch", "2");
    }

    @Test
    void aBrokerThatIsBackAtAnOlderStateIsAForkButNotOfATopicThatWasEmpty() throws Exception {
        Topic empty = Topic.of("room.empty");
        Follow other = new Follow();
        Follower second = subscriptions.follow(other);
        second.subscribe(TopicPattern.of(empty), Optional.empty(), other);
        other.awaitLast("subscribed");
        publish(one, TOPIC, "1");
        follow.awaitLast("1");
        server.kill();
        server.keepState();
        server.restart();
        insist(one, "2");
        insist(one, "3");
        follow.awaitLast("3");
        server.kill();
        server.restartFromKept();
        insist(one, "4");
        follow.await(all -> all.contains("resync fork"));
        awaitConnected(one, true);
        publish(one, empty, "first");
        assertThat(other.awaitLast("first")).containsExactly("subscribed", "first");
        insist(one, "5");
        List<String> told = follow.awaitLast("5");
        assertThat(told.subList(0, 6)).containsExactly("subscribed", "1", "2", "3", "resync fork", told.get(5));
        assertThat(told).doesNotHaveDuplicates();
        second.close();
    }

    @Test
    void aBrokerThatStandsStillIsNoticedAndComesBack() throws Exception {
        publish(one, TOPIC, "1");
        follow.awaitLast("1");
        server.pause();
        awaitConnected(two, false);
        server.goOn();
        insist(one, "2");
        assertThat(follow.awaitLast("2")).containsExactly("subscribed", "1", "2");
    }

    @Test
    void whoFollowsLiveTopicsIsToldThatSomeMayBeMissingWhenTheBrokerIsBack() throws Exception {
        Follow live = new Follow();
        Topic topic = Topic.of("live.a");
        try (Follower second = subscriptions.follow(live)) {
            second.subscribe(TopicPattern.of("live.*"), Optional.empty(), live);
            publish(one, topic, "1");
            live.awaitLast("1");
            server.kill();
            awaitConnected(one, false);
            awaitConnected(two, false);
            publish(one, topic, "2");
            server.restart();
            live.awaitLast("gap 0");
            awaitConnected(one, true);
            publish(one, topic, "3");
            assertThat(live.awaitLast("3")).containsExactly("subscribed", "1", "gap 0", "3");
        }
        publish(one, TOPIC, "4");
        assertThat(follow.awaitLast("4")).as("a log has all").containsExactly("subscribed", "4");
    }

    @Test
    void aSubscriberThatComesFromAnotherNodeRecovers() throws Exception {
        for (int i = 1; i <= 5; i++) publish(one, TOPIC, "" + i);
        follow.awaitLast("5");
        Follow elsewhere = new Follow();
        try (Subscriptions there = Subscriptions.over(one);
                Follower moved = there.follow(elsewhere)) {
            publish(two, TOPIC, "6");
            moved.subscribe(TopicPattern.of(TOPIC), Optional.of(follow.last()), elsewhere);
            publish(two, TOPIC, "7");
            elsewhere.awaitLast("7");
            follow.awaitLast("7");
        }
        assertThat(elsewhere.told()).last().isEqualTo("7");
        assertThat(elsewhere.told().getFirst()).startsWith("subscribed recovered");
        assertThat(elsewhere.told()).doesNotHaveDuplicates();
    }
}
