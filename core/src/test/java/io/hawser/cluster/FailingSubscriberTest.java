package io.hawser.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What one subscriber cannot take, or throws at, the others get, and it is told of.
final class FailingSubscriberTest {
    private static final TopicRules RULES = TopicRules.defaults().with("live.", TopicConfig.live());
    private static final int LARGEST = 1;

    private final FakeTime time = new FakeTime();
    private final LocalBackplane backplane = LocalBackplane.start("n", RULES, MemoryLimits.defaults(), time);
    private final Subscriptions subscriptions = Subscriptions.over(backplane, FollowLimits.defaults(), time);
    private final Inbox inbox = new Inbox();
    private final Inbox before = new Inbox();
    private final Inbox behind = new Inbox();
    private final Follower first = subscriptions.follow(before);
    private final Follower follower = subscriptions.follow(inbox);
    private final Follower last = subscriptions.follow(behind);

    @BeforeEach
    void takesOnlyShortOnes() {
        inbox.fault = text -> {
            if (text.length() > LARGEST) throw new LimitExceeded("text", LARGEST, text.length(), Processed.NO);
        };
    }

    @AfterEach
    void nothingIsLeft() {
        first.close();
        follower.close();
        last.close();
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

    private void subscribeAll(String pattern) {
        TopicPattern all = TopicPattern.of(pattern);
        first.subscribe(all, Optional.empty(), before);
        follower.subscribe(all, Optional.empty(), inbox);
        last.subscribe(all, Optional.empty(), behind);
    }

    private void othersHave(String... texts) {
        assertThat(before.take().subList(1, texts.length + 1)).containsExactly(texts);
        assertThat(behind.take().subList(1, texts.length + 1)).containsExactly(texts);
    }

    @Test
    void aMessageOfALogThatIsTooLargeIsAResyncInItsPlace() {
        subscribeAll("a");
        for (String text : new String[] {"1", "long", "3"}) publish("a", text);
        assertThat(inbox.take()).containsExactly("subscribed 0", "1", "resync a limit 2", "3");
        othersHave("1", "long", "3");
        assertThat(subscriptions.stats().resyncs()).isEqualTo(1);
    }

    @Test
    void soIsOneThatIsReadFromTheHistory() {
        Position at = publish("a", "1");
        publish("a", "long");
        publish("a", "3");
        follower.subscribe(TopicPattern.of("a"), Optional.of(at), inbox);
        publish("a", "4");
        assertThat(inbox.take()).containsExactly("subscribed 3 recovered 2", "resync a limit 2", "3", "4");
    }

    @Test
    void theResyncWaitsUntilItCanBeTold() {
        subscribeAll("a");
        inbox.canBeTold = false;
        for (String text : new String[] {"1", "long", "3"}) publish("a", text);
        assertThat(subscriptions.sweep()).isEqualTo(1);
        assertThat(inbox.take()).containsExactly("subscribed 0", "1");
        inbox.canBeTold = true;
        assertThat(subscriptions.sweep()).isZero();
        assertThat(inbox.take()).containsExactly("resync a limit 2", "3");
        othersHave("1", "long", "3");
    }

    @Test
    void aMessageOfALiveTopicThatIsTooLargeIsAGapInItsPlace() {
        subscribeAll("live.*");
        for (String text : new String[] {"1", "long", "3"}) publish("live.a", text);
        assertThat(inbox.take()).containsExactly("subscribed 0", "1", "gap live.* 1", "3");
        othersHave("1", "long", "3");
        assertThat(subscriptions.stats().missed()).isEqualTo(1);
    }

    @Test
    void soIsOneThatHasWaitedForRoom() {
        subscribeAll("live.a");
        inbox.room = 0;
        inbox.fault = text -> {};
        for (String text : new String[] {"1", "long", "3"}) publish("live.a", text);
        takesOnlyShortOnes();
        inbox.room = 10;
        inbox.canBeTold = false;
        assertThat(subscriptions.sweep()).isEqualTo(1);
        assertThat(inbox.take()).containsExactly("subscribed 0", "1");
        inbox.canBeTold = true;
        assertThat(subscriptions.sweep()).isZero();
        assertThat(inbox.take()).containsExactly("gap live.a 1", "3");
        othersHave("1", "long", "3");
    }

    @Test
    void oneThatThrowsHarmsNoOtherAndMissesNothingOfALog() {
        subscribeAll("a");
        inbox.fault = text -> {
            throw new IllegalStateException("a fault of the subscriber");
        };
        for (String text : new String[] {"1", "2"}) publish("a", text);
        othersHave("1", "2");
        behind.room = 0;
        publish("a", "3");
        behind.room = 10;
        assertThat(subscriptions.sweep()).as("only one still waits").isEqualTo(1);
        assertThat(behind.take()).containsExactly("3");
        time.pass(Duration.ofSeconds(1));
        assertThat(subscriptions.sweep()).isEqualTo(1);
        inbox.fault = text -> {};
        assertThat(subscriptions.sweep()).isZero();
        assertThat(inbox.take()).containsExactly("subscribed 0", "1", "2", "3");
    }

    @Test
    void oneThatThrowsAtALiveMessageIsToldOfAGap() {
        subscribeAll("live.a");
        inbox.fault = text -> {
            if (text.equals("1")) throw new IllegalStateException("a fault of the subscriber");
        };
        for (String text : new String[] {"1", "2"}) publish("live.a", text);
        assertThat(inbox.take()).containsExactly("subscribed 0", "gap live.a 1", "2");
        othersHave("1", "2");
    }

    @Test
    void anErrorIsNoWorseThanAnException() {
        subscribeAll("a");
        subscribeAll("live.a");
        for (Inbox each : List.of(before, inbox, behind)) each.take();
        inbox.fault = text -> {
            throw new AssertionError("a fault of the subscriber");
        };
        for (String topic : List.of("a", "live.a")) publish(topic, "1");
        assertThat(before.take()).containsExactly("1", "1");
        assertThat(behind.take()).containsExactly("1", "1");
        time.pass(Duration.ofSeconds(1));
        assertThat(subscriptions.sweep()).isEqualTo(1);
        inbox.fault = text -> {};
        assertThat(subscriptions.sweep()).isZero();
        assertThat(inbox.take()).containsExactlyInAnyOrder("gap live.a 1", "1");
    }
}
