package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TopicStoreTest {
    private static final Topic A = Topic.of("a");
    private static final Topic B = Topic.of("b");
    private static final MemoryLimits LIMITS =
            MemoryLimits.defaults().withTopics(100).withHistoryBytes(100_000);

    private final FakeTime time = new FakeTime();
    private final TopicRules rules =
            TopicRules.defaults().withDefault(TopicConfig.log().withSize(3));
    private TopicStore store = new TopicStore(rules, LIMITS, time, "e", 0);

    private Position add(Topic topic, String text) {
        return store.append(topic, Bytes.ofUtf8(text), "t" + text).position();
    }

    private static List<String> texts(History history) {
        return history.messages().stream().map(m -> m.payload().toUtf8()).toList();
    }

    private History after(Topic topic, Position position) {
        return store.after(topic, position, 100).orElseThrow();
    }

    @Test
    void aQuietTopicIsProvedLongAfterItsMessagesAreTooOld() {
        Position quiet = add(A, "1");
        time.pass(Duration.ofHours(20));
        assertThat(after(A, quiet).hole()).isEmpty();
        add(A, "2");
        assertThat(texts(after(A, quiet))).containsExactly("2");
        time.pass(Duration.ofMinutes(5).plusNanos(1));
        assertThat(after(A, quiet).hole()).contains(ResyncReason.WINDOW);
    }

    @Test
    void aMessageIsReplayedUpToItsAgeAndNoLonger() {
        Position first = add(A, "1");
        add(A, "2");
        time.pass(Duration.ofMinutes(5));
        assertThat(texts(after(A, first))).containsExactly("2");
        time.pass(Duration.ofNanos(1));
        assertThat(after(A, first).hole()).contains(ResyncReason.WINDOW);
    }

    @Test
    void stepsOfTheClockAgeNothing() {
        // Ages are told by the monotonic clock; FakeTime's wall clock is what messages carry, and nothing else.
        Position first = add(A, "1");
        TopicMessage old = new TopicMessage(A, new Position("e", 9, "x"), Bytes.ofUtf8("2"), Instant.EPOCH);
        var _ = store.append(old);
        assertThat(texts(after(A, first))).containsExactly("2");
    }

    @Test
    void theTopicThatWasNotUsedForLongestIsForgottenFirst() {
        store = new TopicStore(rules, LIMITS.withTopics(2), time, "e", 0);
        Position a = add(A, "1");
        Position b = add(B, "2");
        after(A, a);
        add(Topic.of("c"), "3");
        assertThat(store.after(A, a, 9)).isPresent();
        assertThat(store.after(B, b, 9)).isEmpty();
        assertThat(store.afterAtLast(B, b, 9).hole()).contains(ResyncReason.WINDOW);
        assertThat(store.topics()).isEqualTo(2);
    }

    @Test
    void aTopicThatWasForgottenDoesNotProveWhatItLost() {
        store = new TopicStore(rules, LIMITS.withTopics(1), time, "e", 0);
        Position empty = store.lastAtLast(A, 0).head();
        add(A, "1");
        add(B, "2");
        add(A, "3");
        assertThat(store.afterAtLast(A, empty, 9).hole()).contains(ResyncReason.WINDOW);
    }

    @Test
    void memoryStaysWithinItsBytes() {
        store = new TopicStore(rules, LIMITS.withHistoryBytes(50_000), time, "e", 0);
        for (int i = 0; i < 2000; i++) {
            store.append(Topic.of("t" + i % 500), Bytes.wrap(new byte[i % 300]), "g");
            assertThat(store.bytes()).isLessThanOrEqualTo(50_000);
        }
        assertThat(store.topics()).isPositive();
    }

    @Test
    void bytesAreCountedAsTheyComeAndGo() {
        for (int i = 0; i < 50; i++) add(A, "x".repeat(i));
        long full = store.bytes();
        assertThat(full).isEqualTo(47 + 48 + 49 + 5L * TopicLog.ENTRY_BYTES);
        time.pass(Duration.ofMinutes(6));
        store.lastAtLast(A, 1);
        assertThat(store.bytes()).isEqualTo(2L * TopicLog.ENTRY_BYTES);
        store.begin("f", 7);
        assertThat(store.bytes()).isZero();
        assertThat(store.afterAtLast(A, new Position("e", 1, "t"), 1).hole()).contains(ResyncReason.EPOCH);
    }

    @Test
    void aPositionBehindOrAheadOfThisMemoryIsNotForItToJudge() {
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        assertThat(store.after(A, new Position("e", 5, "x"), 9)).isEmpty();
        assertThat(store.after(A, new Position("e", 11, "x"), 9)).isEmpty();
        assertThat(store.after(A, new Position("e", 9, ""), 9)).isEmpty();
        store.advance(11);
        assertThat(store.after(A, new Position("e", 11, "x"), 9))
                .as("the head is not known")
                .isEmpty();
        add(A, "1");
        assertThat(after(A, new Position("e", 11, "x")).hole()).contains(ResyncReason.FORK);
    }

    private static LoadedTopic marks(long through, long... offsets) {
        List<LoadedTopic.Aged> marks = new ArrayList<>();
        for (long offset : offsets) {
            TopicMessage mark = new TopicMessage(
                    HistoryMarks.TOPIC, new Position("e", offset, "t" + offset), Bytes.EMPTY, Instant.EPOCH);
            marks.add(new LoadedTopic.Aged(mark, 0));
        }
        return new LoadedTopic("e", 0, through, marks);
    }

    @Test
    void aTopicWithoutMessagesIsAtTheLastMarkWhichProvesThatNothingWasLost() {
        store.begin("e", 10);
        assertThat(store.joined(A, Optional.empty(), 9, loaded(0, 10), store.life(), 0))
                .isEmpty();
        store.joinMarks(marks(10, 1, 7), store.life());
        Position mark = store.joined(A, Optional.empty(), 9, loaded(0, 10), store.life(), 0)
                .orElseThrow()
                .head();
        assertThat(mark).isEqualTo(new Position("e", 7, "t7"));
        add(A, "1");
        assertThat(texts(after(A, mark))).containsExactly("1");
        assertThat(texts(after(A, new Position("e", 1, "t1")))).containsExactly("1");
        assertThat(after(A, new Position("e", 7, "other")).hole()).contains(ResyncReason.FORK);
        assertThat(after(A, new Position("e", 8, "t8")).hole()).contains(ResyncReason.FORK);
    }

    @Test
    void marksThatAreNotKnownAreNotJudged() {
        store.begin("e", 10);
        add(A, "1");
        assertThat(store.after(A, new Position("e", 7, "t7"), 9)).isEmpty();
        store.joinMarks(marks(9, 1, 7), store.life());
        assertThat(store.knowsMarks()).as("10 may be one").isFalse();
        store.joinMarks(marks(10, 1, 7), store.life() - 1);
        assertThat(store.knowsMarks()).as("of another life").isFalse();
    }

    private LoadedTopic loaded(long completeAfter, long through, long... offsets) {
        List<LoadedTopic.Aged> messages = new ArrayList<>();
        for (long offset : offsets) {
            Position position = new Position("e", offset, "t" + offset);
            messages.add(
                    new LoadedTopic.Aged(new TopicMessage(A, position, Bytes.ofUtf8("m" + offset), Instant.EPOCH), 0));
        }
        return new LoadedTopic("e", completeAfter, through, messages);
    }

    private Optional<History> joined(Position after, LoadedTopic loaded, long seen) {
        return store.joined(A, Optional.of(after), 9, loaded, store.life(), seen);
    }

    @Test
    void whatWasReadElsewhereIsJoinedToWhatCameMeanwhile() {
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        var _ = store.append(new TopicMessage(A, new Position("e", 12, "t12"), Bytes.ofUtf8("m12"), Instant.EPOCH));
        Position five = new Position("e", 5, "t5");
        assertThat(store.after(A, five, 9)).isEmpty();
        History joined = joined(five, loaded(2, 11, 5, 8), 12).orElseThrow();
        assertThat(texts(joined)).containsExactly("m8", "m12");
        assertThat(texts(after(A, five))).as("remembered").containsExactly("m8", "m12");
    }

    @Test
    void whatWasReadBeforeThisMemoryBeganIsNotJoinedAndAnswersOnlyWhoKnowsNoMore() {
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        Position five = new Position("e", 5, "t5");
        assertThat(joined(five, loaded(2, 9, 5, 8), 10)).as("10 may be missing").isEmpty();
        assertThat(texts(joined(five, loaded(2, 9, 5, 8), 9).orElseThrow())).containsExactly("m8");
        assertThat(store.after(A, five, 9)).isEmpty();
    }

    @Test
    void whatWasReadInAnotherLifeOfThisMemoryIsOfNoUse() {
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        long life = store.life();
        store.begin("e", 8);
        store.joinMarks(marks(8, 1), store.life());
        assertThat(store.joined(A, Optional.empty(), 9, loaded(0, 10, 5, 8), life, 0))
                .isEmpty();
        assertThat(store.lastIfComplete(A, 0)).isEmpty();
        life = store.life();
        store.skip(9);
        store.joinMarks(marks(9, 1), life);
        assertThat(store.joined(A, Optional.empty(), 9, loaded(0, 10, 5, 8), life, 0))
                .isPresent();
    }

    @Test
    void aMessageThatOnlyOneOfTwoHistoriesHasContradictsTheOther() {
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        var _ = store.append(new TopicMessage(A, new Position("e", 12, "t12"), Bytes.ofUtf8("m12"), Instant.EPOCH));
        assertThat(store.contradicts(A, loaded(2, 11, 5, 8))).isFalse();
        assertThat(store.contradicts(A, loaded(2, 14, 5, 12, 14))).isFalse();
        assertThat(store.contradicts(A, loaded(12, 14, 14))).as("12 is gone").isFalse();
        assertThat(store.contradicts(A, loaded(2, 14, 5, 14)))
                .as("12 is missing")
                .isTrue();
        assertThat(store.contradicts(A, loaded(2, 14, 11, 12))).as("11 is new").isTrue();
        assertThat(store.contradicts(B, loaded(2, 11, 5, 8))).isFalse();
        assertThat(store.contradicts(A, new LoadedTopic("f", 2, 11, List.of()))).isTrue();
    }

    @Test
    void theLastMessagesAreKnownOnlyIfNoneBeforeThemIsMissing() {
        assertThat(store.lastIfComplete(A, 9)).isPresent();
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        assertThat(store.lastIfComplete(A, 0)).isEmpty();
        add(A, "1");
        assertThat(store.lastIfComplete(A, 0)).isPresent();
        assertThat(store.lastIfComplete(A, 2)).isEmpty();
        History read = store.joined(A, Optional.empty(), 2, loaded(0, 10, 8), store.life(), 0)
                .orElseThrow();
        assertThat(texts(read)).containsExactly("m8", "1");
        assertThat(store.lastIfComplete(A, 2)).isPresent();
    }

    @Test
    void whatIsReadAheadIsRememberedUntilItIsAppendedAndMustBeTheSame() {
        store = new TopicStore(rules, LIMITS, time, "e", 10);
        assertThat(store.ahead()).isEqualTo(Position.NONE);
        assertThat(joined(new Position("e", 5, "t5"), loaded(2, 13, 5, 12, 13), 10))
                .isPresent();
        assertThat(store.ahead()).isEqualTo(new Position("e", 13, "t13"));
        TopicMessage same = new TopicMessage(A, new Position("e", 12, "t12"), Bytes.ofUtf8("m12"), Instant.EPOCH);
        assertThat(store.append(same)).isTrue();
        TopicMessage other = new TopicMessage(A, new Position("e", 13, "other"), Bytes.ofUtf8("x"), Instant.EPOCH);
        assertThat(store.append(other)).isFalse();
        assertThat(store.ahead()).isEqualTo(Position.NONE);
    }

    @Test
    void aMessageThatComesTwiceIsKeptOnce() {
        TopicMessage message = new TopicMessage(A, new Position("e", 4, "x"), Bytes.ofUtf8("m"), Instant.EPOCH);
        assertThat(store.append(message)).isTrue();
        assertThat(store.append(message)).isTrue();
        assertThat(store.lastAtLast(A, 9).messages()).containsExactly(message);
    }
}
