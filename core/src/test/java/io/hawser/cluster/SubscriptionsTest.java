package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.testing.FakeTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SubscriptionsTest {
    private static final TopicRules RULES =
            TopicRules.defaults().withDefault(TopicConfig.log().withSize(8)).with("live.", TopicConfig.live());

    private final FakeTime time = new FakeTime();
    private final LocalBackplane backplane = LocalBackplane.start("n", RULES, MemoryLimits.defaults(), time);
    private final FollowLimits limits =
            FollowLimits.defaults().withSubscriptions(4).withRecovered(4).withWaiting(2);
    private final Subscriptions subscriptions = Subscriptions.over(backplane, limits, time);
    private final Inbox inbox = new Inbox();
    private final Follower follower = subscriptions.follow(inbox);

    @AfterEach
    void nothingIsLeft() {
        follower.close();
        assertThat(subscriptions.stats().subscriptions()).isZero();
        assertThat(subscriptions.stats().waiting()).isZero();
        subscriptions.close();
        backplane.close();
    }

    private Position publish(String topic, String text) {
        return backplane
                .publish(Publication.of(Topic.of(topic), Bytes.ofUtf8(text)))
                .join()
                .position();
    }

    private void subscribe(String pattern) {
        follower.subscribe(TopicPattern.of(pattern), Optional.empty(), inbox);
    }

    private void subscribe(String topic, Position from) {
        follower.subscribe(TopicPattern.of(topic), Optional.of(from), inbox);
    }

    @Test
    void withoutAPositionOnlyWhatIsPublishedFromNowOnComes() {
        publish("a", "old");
        subscribe("a");
        publish("a", "new");
        publish("b", "other");
        assertThat(inbox.take()).containsExactly("subscribed 1", "new");
    }

    @Test
    void withAPositionTheMissedMessagesComeBehindTheAnswerAndBeforeTheLiveOnes() {
        Position first = publish("a", "1");
        publish("a", "2");
        publish("a", "3");
        subscribe("a", first);
        publish("a", "4");
        assertThat(inbox.take()).containsExactly("subscribed 3 recovered 2", "2", "3", "4");
        assertThat(follower.position(Topic.of("a")).orElseThrow().offset()).isEqualTo(4);
    }

    @Test
    void whatCannotBeRecoveredIsSaidBehindTheAnswer() {
        Position first = publish("a", "1");
        for (int i = 2; i <= 10; i++) publish("a", "" + i);
        subscribe("a", first);
        publish("a", "11");
        assertThat(inbox.take()).containsExactly("subscribed 10", "resync a window 10", "11");
        assertThat(subscriptions.stats().resyncs()).isEqualTo(1);
    }

    @Test
    void moreThanIsReplayedAtOnceIsAResync() {
        Position first = publish("a", "1");
        for (int i = 2; i <= 5; i++) publish("a", "" + i);
        subscribe("a", first);
        assertThat(inbox.take()).containsExactly("subscribed 5 recovered 4", "2", "3", "4", "5");
        publish("a", "6");
        inbox.take();
        subscribe("a", first);
        assertThat(inbox.take()).containsExactly("subscribed 6", "resync a limit 6");
    }

    @Test
    void aForeignPositionIsAResyncWithItsReason() {
        Position first = publish("a", "1");
        subscribe("a", new Position("gone", 1, "x"));
        subscribe("a", new Position(first.epoch(), 1, "x"));
        assertThat(inbox.take()).containsExactly("subscribed 1", "resync a epoch 1", "subscribed 1", "resync a fork 1");
    }

    @Test
    void aSlowReaderOfALogCatchesUpFromHistoryAndMissesNothing() {
        subscribe("a");
        inbox.room = 1;
        for (int i = 1; i <= 3; i++) publish("a", "" + i);
        assertThat(inbox.take()).containsExactly("subscribed 0", "1");
        assertThat(subscriptions.sweep()).isEqualTo(1);
        inbox.room = 1;
        subscriptions.sweep();
        assertThat(inbox.take()).containsExactly("2");
        inbox.room = 100;
        publish("a", "4");
        assertThat(subscriptions.sweep()).isZero();
        publish("a", "5");
        assertThat(inbox.take()).containsExactly("3", "4", "5");
        assertThat(subscriptions.stats().detached()).isEqualTo(1);
    }

    @Test
    void whoIsAwayIsNotAskedForRoomAndMissesNothingOnceHeIsBack() {
        subscribe("a");
        inbox.isAway = true;
        inbox.room = 0;
        for (int i = 1; i <= 3; i++) publish("a", "" + i);
        assertThat(subscriptions.sweep()).isZero();
        assertThat(inbox.asked).isZero();
        publish("a", "4");
        inbox.isAway = false;
        inbox.room = 2;
        follower.room();
        assertThat(inbox.take()).containsExactly("subscribed 0", "1", "2");
        assertThat(subscriptions.sweep())
                .as("he is here, and has to be asked again")
                .isEqualTo(1);
        inbox.room = 100;
        subscriptions.sweep();
        assertThat(inbox.take()).containsExactly("3", "4");
    }

    @Test
    void aReaderOfALogThatIsTooSlowForItsHistoryIsToldSo() {
        subscribe("a");
        inbox.room = 1;
        for (int i = 1; i <= 12; i++) publish("a", "" + i);
        inbox.room = 100;
        subscriptions.sweep();
        publish("a", "13");
        assertThat(inbox.take()).containsExactly("subscribed 0", "1", "resync a window 12", "13");
    }

    @Test
    void ofLiveTopicsTheOldestIsDroppedAndTheGapSaid() {
        subscribe("live.a");
        inbox.room = 1;
        for (int i = 1; i <= 5; i++) publish("live.a", "" + i);
        inbox.room = 100;
        subscriptions.sweep();
        publish("live.a", "6");
        assertThat(inbox.take()).containsExactly("subscribed 0", "1", "gap live.a 2", "4", "5", "6");
        assertThat(subscriptions.stats().missed()).isEqualTo(2);
    }

    @Test
    void whatCannotBeToldNowIsToldBeforeAnythingElse() {
        subscribe("a");
        subscribe("live.a");
        inbox.room = 0;
        for (int i = 1; i <= 12; i++) publish("a", "" + i);
        for (int i = 1; i <= 3; i++) publish("live.a", "l" + i);
        inbox.room = 100;
        inbox.canBeTold = false;
        assertThat(subscriptions.sweep()).isEqualTo(1);
        publish("a", "13");
        assertThat(inbox.take()).containsExactly("subscribed 0", "subscribed 0");
        inbox.canBeTold = true;
        assertThat(subscriptions.sweep()).isZero();
        publish("a", "14");
        assertThat(inbox.take()).containsExactly("gap live.a 1", "l2", "l3", "resync a window 13", "14");
    }

    @Test
    void whereTheFeedWasInterruptedLiveSubscribersAreToldOfAGapOfUnknownSize() {
        ScriptedBackplane script = new ScriptedBackplane(backplane);
        Subscriptions over = Subscriptions.over(script.backplane(), limits, time);
        Follower follows = over.follow(inbox);
        for (String topics : List.of("live.a", "room.*", "room.1")) {
            follows.subscribe(TopicPattern.of(topics), Optional.empty(), inbox);
        }
        inbox.take();
        script.interrupt();
        assertThat(inbox.take()).as("a log needs no gap").containsExactlyInAnyOrder("gap live.a 0", "gap room.* 0");
        publish("live.a", "1");
        assertThat(inbox.take()).containsExactly("1");
        follows.close();
        over.close();
    }

    @Test
    void aGapOfUnknownSizeIsToldInItsPlaceWhenThereIsRoom() {
        ScriptedBackplane script = new ScriptedBackplane(backplane);
        Subscriptions over = Subscriptions.over(script.backplane(), limits, time);
        Follower follows = over.follow(inbox);
        follows.subscribe(TopicPattern.of("live.a"), Optional.empty(), inbox);
        inbox.take();
        inbox.room = 0;
        publish("live.a", "1");
        script.interrupt();
        script.interrupt();
        assertThat(inbox.take()).isEmpty();
        inbox.room = 10;
        over.sweep();
        publish("live.a", "2");
        assertThat(inbox.take()).containsExactly("1", "gap live.a 0", "2");
        inbox.room = 0;
        publish("live.a", "3");
        script.interrupt();
        for (int i = 4; i <= 6; i++) publish("live.a", "" + i);
        inbox.room = 10;
        over.sweep();
        assertThat(inbox.take())
                .as("what was counted is part of what is unknown")
                .containsExactly("gap live.a 0", "5", "6");
        follows.close();
        over.close();
    }

    @Test
    void theMarksOfAnInterruptionTakeNoPlaceOfMessages() {
        ScriptedBackplane script = new ScriptedBackplane(backplane);
        Subscriptions over = Subscriptions.over(script.backplane(), limits, time);
        Follower follows = over.follow(inbox);
        for (String topics : List.of("live.a", "live.b", "live.c", "room.*")) {
            follows.subscribe(TopicPattern.of(topics), Optional.empty(), inbox);
        }
        inbox.take();
        inbox.room = 0;
        publish("live.a", "1");
        publish("live.b", "2");
        script.interrupt();
        inbox.room = 10;
        over.sweep();
        assertThat(inbox.told.subList(0, 2)).containsExactly("1", "2");
        assertThat(inbox.take()).hasSize(6).contains("gap live.a 0", "gap live.b 0", "gap live.c 0", "gap room.* 0");
        assertThat(over.stats().missed()).isZero();
        follows.close();
        over.close();
    }

    @Test
    void aLiveSubscriptionThatComesFromAnotherNodeIsToldOfAGap() {
        follower.restore(TopicPattern.of("live.a"), Position.NONE);
        publish("live.a", "1");
        assertThat(inbox.take()).containsExactly("gap live.a 0", "1");
    }

    @Test
    void aSlowReaderDelaysNoOther() {
        Inbox other = new Inbox();
        try (Follower quick = subscriptions.follow(other)) {
            subscribe("a");
            quick.subscribe(TopicPattern.of("a"), Optional.empty(), other);
            inbox.room = 0;
            for (int i = 1; i <= 3; i++) publish("a", "" + i);
            assertThat(other.take()).containsExactly("subscribed 0", "1", "2", "3");
        }
    }

    @Test
    void aMessageThatSeveralSubscriptionsMatchComesOnce() {
        subscribe("room.>");
        subscribe("room.*");
        subscribe("room.1");
        publish("room.1", "1");
        publish("room.2", "2");
        assertThat(inbox.take()).containsExactly("subscribed 0", "subscribed 0", "subscribed 0", "1", "2");
        follower.unsubscribe(TopicPattern.of("room.>"));
        publish("room.2", "3");
        follower.unsubscribe(TopicPattern.of("room.1"));
        publish("room.1", "4");
        follower.unsubscribe(TopicPattern.of("room.*"));
        publish("room.1", "5");
        assertThat(inbox.take()).containsExactly("3", "4");
    }

    @Test
    void subscriptionsAreLimitedAndReplacingIsNoneMore() {
        for (String name : List.of("a", "b", "c.*", "live.d")) subscribe(name);
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> subscribe("e"))
                .satisfies(error -> assertThat(error.allowed()).isEqualTo(4));
        subscribe("a");
        subscribe("c.*");
        assertThat(follower.count()).isEqualTo(4);
        assertThat(follower.unsubscribe(TopicPattern.of("zzz"))).isFalse();
    }

    @Test
    void whoHasGoneSubscribesToNothing() {
        follower.close();
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> subscribe("a"));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> subscribe("live.*"));
    }

    @Test
    void aPatternHasNoPosition() {
        Position first = publish("a", "1");
        assertThatIllegalArgumentException().isThrownBy(() -> subscribe("*", first));
        assertThat(follower.count()).isZero();
    }

    @Test
    void aHistoryThatCannotBeReadIsAnErrorAndNoSubscription() {
        backplane.close();
        subscribe("a");
        assertThat(inbox.take()).containsExactly("failed Rejected");
        assertThat(follower.count()).isZero();
    }

    @Test
    void manyThreadsPublishWhileOthersComeAndGoAndNobodyMissesOne() throws InterruptedException {
        LocalBackplane shared = LocalBackplane.start(
                "m", TopicRules.defaults().withDefault(TopicConfig.log().withSize(10_000)));
        Subscriptions all = Subscriptions.over(shared);
        Topic topic = Topic.of("busy");
        List<Thread> threads = new ArrayList<>();
        List<Inbox> inboxes = new ArrayList<>();
        for (int p = 0; p < 3; p++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 1000; i++)
                    shared.publish(Publication.of(topic, Bytes.ofUtf8("x"))).join();
            }));
        }
        Position empty = new Position(
                shared.history(topic, Optional.empty(), 0).join().head().epoch(), 0, "");
        for (int s = 0; s < 20; s++) {
            Inbox own = new Inbox();
            inboxes.add(own);
            threads.add(Thread.ofVirtual()
                    .start(() -> all.follow(own).subscribe(TopicPattern.of("busy"), Optional.of(empty), own)));
        }
        for (Thread thread : threads) thread.join();
        for (Inbox own : inboxes) {
            if (own.told.stream().anyMatch(line -> line.startsWith("resync busy limit"))) continue;
            assertThat(own.told).filteredOn("x"::equals).hasSize(3000);
        }
        all.close();
        shared.close();
    }

    @Test
    void asManyAsThereAreCanBeReplayed() {
        Position at = publish("a", "1");
        publish("a", "2");
        FollowLimits all = FollowLimits.defaults().withRecovered(Integer.MAX_VALUE);
        try (Subscriptions unlimited = Subscriptions.over(backplane, all, time);
                Follower other = unlimited.follow(inbox)) {
            other.subscribe(TopicPattern.of("a"), Optional.of(at), inbox);
            assertThat(inbox.take()).containsExactly("subscribed 2 recovered 1", "2");
        }
    }
}
