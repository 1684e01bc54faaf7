package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.Publication;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import io.hawser.testing.FakeTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a node makes of a broker whose answers are late, and whose history changes meanwhile.
final class MirroredTopicsTest implements BackplaneListener {
    private static final Topic A = Topic.of("a");

    private final HeldBroker broker = new HeldBroker();
    private final MirroredTopics mirror = new MirroredTopics(
            TopicRules.defaults(), MemoryLimits.defaults(), new FakeTime(), broker, new Listeners(), () -> {});
    private final List<String> heard = new ArrayList<>();
    private int interruptions;

    @BeforeEach
    void start() {
        var _ = mirror.listen(this);
        broker.store(A, "1");
        check();
        assertThat(mirror.status().isConnected()).isTrue();
    }

    @Override
    public void message(TopicMessage message) {
        heard.add(message.payload().toUtf8());
    }

    @Override
    public void interrupted() {
        interruptions++;
    }

    private void check() {
        assertThat(mirror.check()).isCompleted();
    }

    private void doubtAndCheck() {
        mirror.doubted();
        check();
    }

    private CompletableFuture<History> after(Position position) {
        return mirror.history(A, Optional.of(position), 100);
    }

    private static List<String> texts(CompletableFuture<History> history) {
        return history.join().messages().stream().map(m -> m.payload().toUtf8()).toList();
    }

    @Test
    void aReadThatBeganBeforeTheHistoryWasRolledBackIsReadAgain() {
        Position one = broker.stored.getLast().position();
        broker.store(A, "2");
        broker.store(A, "3");
        broker.feedTo(4);
        CompletableFuture<History> read = after(one);
        broker.rollBackBehind(2);
        broker.store(A, "other 2");
        broker.store(A, "other 3");
        doubtAndCheck();
        broker.answerReads();
        assertThat(texts(read)).containsExactly("other 2", "other 3");
    }

    @Test
    void whatIsNobodysHasItsPlaceAndIsNotHeard() {
        broker.store(A, "2");
        broker.storeForeign(A);
        broker.store(A, "3");
        broker.storeForeign(Topic.of("b"));
        broker.feedTo(6);
        doubtAndCheck();
        assertThat(heard).containsExactly("2", "3");
        assertThat(mirror.offset()).isEqualTo(6);
        assertThat(interruptions).as("it is all one history").isZero();
    }

    @Test
    void aHistoryThatIsRolledBackToBeforeWhatWasNobodysIsAnother() {
        broker.storeForeign(A);
        broker.feedTo(3);
        broker.rollBackBehind(2);
        broker.storeForeign(A);
        doubtAndCheck();
        assertThat(interruptions).isEqualTo(1);
    }

    @Test
    void aTopicThatIsFullOfWhatIsNobodysMayHaveLostItsOwn() {
        Position before = broker.stored.getFirst().position();
        for (int i = 0; i < HeldBroker.PER_TOPIC; i++) broker.storeForeign(A);
        CompletableFuture<History> read = after(before);
        broker.answerReads();
        assertThat(read.join().messages()).isEmpty();
        assertThat(read.join().hole()).contains(ResyncReason.WINDOW);
    }

    @Test
    void whoJoinsAReadThatIsUnderWayGetsWhatCameAfterItBegan() {
        Position one = broker.stored.getLast().position();
        CompletableFuture<History> early = after(one);
        broker.store(A, "2");
        Position three = broker.store(A, "3").position();
        CompletableFuture<History> late = after(three);
        broker.answerReads();
        assertThat(texts(early)).isEmpty();
        assertThat(late.join().hole()).isEmpty();
        assertThat(late.join().head()).isEqualTo(three);
    }

    @Test
    void whatWasReadAheadOfTheFeedIsProvedBeforeTheFeedGoesOn() {
        Position one = broker.stored.getLast().position();
        broker.store(A, "2");
        CompletableFuture<History> ahead = after(one);
        broker.answerReads();
        Position two = ahead.join().head();
        doubtAndCheck();
        assertThat(interruptions).as("it is all there").isZero();
        broker.rollBackBehind(2);
        broker.store(A, "other 2");
        doubtAndCheck();
        assertThat(interruptions).isEqualTo(1);
        CompletableFuture<History> again = after(two);
        broker.answerReads();
        assertThat(again.join().hole()).contains(ResyncReason.FORK);
        assertThat(again.join().head()).isEqualTo(broker.stored.getLast().position());
    }

    @Test
    void aFeedThatComesToAnotherMessageThanWasReadAheadStopsUntilAllAreTold() {
        Position one = broker.stored.getLast().position();
        broker.store(A, "2");
        CompletableFuture<History> ahead = after(one);
        broker.rollBackBehind(2);
        broker.store(Topic.of("b"), "another topic's");
        doubtAndCheck();
        broker.answerReads();
        assertThat(texts(ahead)).as("read before, and answered after").containsExactly("2");
        broker.store(A, "3");
        broker.feedTo(4);
        assertThat(heard).isEmpty();
        check();
        assertThat(interruptions).isEqualTo(1);
        CompletableFuture<History> again = after(ahead.join().head());
        broker.answerReads();
        assertThat(again.join().hole()).contains(ResyncReason.FORK);
    }

    @Test
    void aReadOfAnotherHistoryThanTheFeedIsOfIsRefused() {
        Position one = broker.stored.getLast().position();
        broker.store(Topic.of("b"), "another topic's");
        broker.feedTo(3);
        broker.rollBackBehind(2);
        broker.store(A, "other 2");
        CompletableFuture<History> read = after(one);
        broker.answerReads();
        assertThat(read).isCompletedExceptionally();
        check();
        assertThat(interruptions).isEqualTo(1);
        CompletableFuture<History> again = after(one);
        broker.answerReads();
        assertThat(texts(again)).containsExactly("other 2");
    }

    @Test
    void aHoleIsToldWithTheHeadThatThereIs() {
        Position head = broker.stored.getLast().position();
        CompletableFuture<History> foreign = after(new Position("gone", 7, "x"));
        assertThat(foreign).as("memory does not know the head").isNotDone();
        broker.answerReads();
        assertThat(foreign.join()).isEqualTo(History.broken(head, ResyncReason.EPOCH));
    }

    @Test
    void aFeedThatLacksAMessageIsStartedAgainAndNothingIsMissed() {
        Position one = broker.stored.getLast().position();
        broker.store(A, "2");
        broker.feedTo(3);
        CompletableFuture<History> read = after(one);
        broker.answerReads();
        assertThat(texts(read)).containsExactly("2");
        broker.store(A, "3");
        doubtAndCheck();
        broker.feedTo(4);
        assertThat(texts(after(one))).containsExactly("2", "3");
        assertThat(interruptions).isZero();
    }

    @Test
    void aStormOfRecoveriesReadsATopicOnce() {
        Position one = broker.stored.getLast().position();
        for (int i = 2; i <= 51; i++) broker.store(A, "" + i);
        List<CompletableFuture<History>> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) all.add(after(one));
        assertThat(broker.reads).hasSize(1);
        broker.answerReads();
        assertThat(all).allSatisfy(each -> assertThat(each.join().messages()).hasSize(50));
        assertThat(broker.reads).isEmpty();
    }

    @Test
    void whoHasPublishedWaitsForTheFeedAndNoLongerThanTwoLooksAtTheBroker() {
        Position two = publish("2");
        broker.feedTo(3);
        Position three = publish("3");
        CompletableFuture<History> read = after(two);
        check();
        assertThat(read).as("the feed may be on its way").isNotDone();
        broker.feedTo(4);
        assertThat(texts(read)).containsExactly("3");

        publish("4");
        CompletableFuture<History> unfed = after(three);
        check();
        assertThat(unfed).isNotDone();
        check();
        assertThat(texts(unfed)).isEmpty();
    }

    private Position publish(String text) {
        return mirror.publish(Publication.of(A, Bytes.ofUtf8(text))).join().position();
    }

    @Test
    void aPositionWithoutATagProvesNothing() {
        Position one = broker.stored.getLast().position();
        broker.store(A, "2");
        CompletableFuture<History> untagged = after(new Position(one.epoch(), one.offset(), ""));
        broker.answerReads();
        assertThat(untagged.join().hole()).isPresent();
        CompletableFuture<History> tagged = after(one);
        broker.answerReads();
        assertThat(texts(tagged)).containsExactly("2");
    }
}
