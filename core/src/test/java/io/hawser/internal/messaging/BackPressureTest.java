package io.hawser.internal.messaging;

import static io.hawser.internal.messaging.ServerWire.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.io.ConnectionLimits;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.SessionConfig;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackPressureTest {
    private static final int SOFT = 1000;
    private static final int HARD = 3000;
    /// What answers may have over the hard bound.
    private static final int URGENT = 64 << 10;

    private final Recorder echo = Recorder.echo();

    private static MessagingConfig bounded() {
        ConnectionLimits limits = ConnectionLimits.defaults().withQueueBytes(SOFT, HARD);
        return MessagingConfig.defaults().withSession(SessionConfig.defaults().withLimits(limits));
    }

    private static Message message(int wireBytes) {
        return Message.binary(new byte[wireBytes - Frame.HEADER_BYTES]);
    }

    private static Frame[] numbered(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> data("" + i)).toArray(Frame[]::new);
    }

    @Test
    void readingStopsAt64UnhandledMessagesAndGoesOnInOrder() {
        try (ServerWire wire = ServerWire.queued(echo)) {
            wire.receive(numbered(0, 1));
            wire.dispatcher.runAll();
            wire.receive(numbered(1, 64));
            assertThat(wire.isReading()).isTrue();
            wire.receive(numbered(64, 200));
            assertThat(wire.isReading()).isFalse();
            assertThat(wire.link.stats().messagesReceived()).isEqualTo(65);
            wire.receive(numbered(200, 210));
            assertThat(wire.link.stats().messagesReceived()).isEqualTo(65);
            List<Frame> answers = new ArrayList<>(wire.sent());
            while (answers.size() < 210) {
                wire.dispatcher.runAll();
                List<Frame> more = wire.sent();
                assertThat(more).isNotEmpty().hasSizeLessThanOrEqualTo(64);
                answers.addAll(more);
            }
            assertThat(answers).containsExactly(numbered(0, 210));
            assertThat(wire.isReading()).isTrue();
        }
    }

    @Test
    void readingStopsWhenUnhandledMessagesAreLongTogetherAndGoesOnInOrder() {
        try (ServerWire wire = ServerWire.queued(MessagingConfig.defaults(), Recorder.silent())) {
            int size = 300 << 10;
            for (int i = 0; i < 20; i++) wire.receive(data(size));
            assertThat(wire.isReading()).isFalse();
            // Four fill the queue of 1 MiB.
            assertThat(wire.link.stats().messagesReceived()).isEqualTo(4);
            while (wire.dispatcher.waiting() > 0) {
                wire.dispatcher.runAll();
                wire.channel.runPendingTasks();
            }
            assertThat(wire.link.stats().messagesReceived()).isEqualTo(20);
            assertThat(wire.isReading()).isTrue();
        }
    }

    @Test
    void readingStopsWhileThePeerDoesNotTakeItsAnswersAndGoesOnWhenItDoes() {
        try (ServerWire wire = ServerWire.inline(bounded(), echo)) {
            wire.channel.refuse();
            wire.receive(numbered(0, 1000));
            assertThat(wire.isReading()).isFalse();
            long answered = wire.link.stats().messagesReceived();
            assertThat(answered).isLessThan(100);
            wire.receive(numbered(1000, 1001));
            assertThat(wire.link.stats().messagesReceived()).isEqualTo(answered);
            wire.channel.takeAgain();
            assertThat(wire.sent()).containsExactly(numbered(0, 1001));
            assertThat(wire.isReading()).isTrue();
        }
    }

    @Test
    void aPeerThatPingsAndDoesNotReadIsNotReadFor() {
        try (ServerWire wire = ServerWire.inline(bounded(), echo).greet()) {
            wire.channel.refuse();
            Frame ping = new Frame(FrameType.PING, Bytes.wrap(new byte[125]));
            for (int i = 0; i < 50; i++) wire.receive(ping);
            assertThat(wire.isReading()).isFalse();
            assertThat(wire.link.stats().queuedBytes()).isLessThan(2 * SOFT);
            wire.channel.takeAgain();
            assertThat(wire.sent()).hasSize(50);
        }
    }

    @Test
    void belowTheSoftBoundAnOfferIsQueuedAndFromItOnDropped() {
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent()).greet()) {
            wire.channel.refuse();
            assertThat(wire.link.offer(message(SOFT - 1))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.stats().queuedBytes()).isEqualTo(SOFT - 1);
            assertThat(wire.link.offer(message(10))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offer(message(10))).isEqualTo(Offer.DROPPED);
            assertThat(wire.link.stats().messagesDropped()).isEqualTo(1);
            assertThat(wire.sessions.droppedMessages()).isEqualTo(1);
            assertThat(wire.link.stats().messagesSent()).isEqualTo(2);
            wire.channel.takeAgain();
            assertThat(wire.link.stats().queuedBytes()).isZero();
            assertThat(wire.link.offer(message(10))).isEqualTo(Offer.QUEUED);
        }
    }

    @Test
    void whatASliceOfAReadBufferHoldsCountsWholeUntilThePeerHasTakenIt() {
        ConnectionLimits limits = ConnectionLimits.defaults().withQueueBytes(50_000, 200_000);
        MessagingConfig config =
                MessagingConfig.defaults().withSession(SessionConfig.defaults().withLimits(limits));
        try (ServerWire wire = ServerWire.inline(config, echo)) {
            wire.receive(data("1")).sent();
            wire.channel.refuse();
            byte[] frame = ServerWire.frames(data(20_000));
            wire.channel.writeInbound(Unpooled.buffer(38_000).writeBytes(frame));
            assertThat(wire.link.stats().queuedBytes()).isBetween(38_000L, 39_000L);
            assertThat(wire.isReading()).isTrue();
            wire.channel.writeInbound(Unpooled.buffer(38_000).writeBytes(frame));
            assertThat(wire.link.stats().queuedBytes()).isBetween(76_000L, 78_000L);
            wire.receive(data("2"));
            assertThat(wire.isReading()).isFalse();
            wire.channel.takeAgain();
            assertThat(wire.link.stats().queuedBytes()).isZero();
            assertThat(wire.isReading()).isTrue();
            assertThat(wire.sent()).containsExactly(data(20_000), data(20_000), data("2"));
        }
    }

    @Test
    void aSliceThatIsNearlyItsWholeBufferCountsAsItself() {
        try (ServerWire wire = ServerWire.inline(echo)) {
            wire.receive(data("1")).sent();
            wire.channel.refuse();
            wire.receive(data(20_000));
            assertThat(wire.link.stats().queuedBytes()).isBetween(20_000L, 21_000L);
            wire.channel.takeAgain();
        }
    }

    @Test
    void anOfferThatWouldGoOverTheHardBoundIsDropped() {
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent()).greet()) {
            wire.channel.refuse();
            assertThat(wire.link.offer(message(10))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offer(message(HARD - 9))).isEqualTo(Offer.DROPPED);
            assertThat(wire.link.offer(message(HARD - 10))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.stats().queuedBytes()).isEqualTo(HARD);
            wire.channel.takeAgain();
        }
    }

    @Test
    void whatMustBeHeardIsQueuedUpTo64KiBOverTheHardBound() {
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent()).greet()) {
            wire.channel.refuse();
            assertThat(wire.link.offer(message(SOFT))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offer(message(10))).isEqualTo(Offer.DROPPED);
            assertThat(wire.link.offerControl(message(HARD - SOFT))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offerUrgent(message(URGENT - 10))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offerUrgent(message(11))).isEqualTo(Offer.DROPPED);
            assertThat(wire.link.offerControl(message(10))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.stats().queuedBytes()).isEqualTo(HARD + URGENT);
            assertThat(wire.link.offerControl(message(10))).isEqualTo(Offer.DROPPED);
            assertThat(wire.link.stats().messagesDropped()).isEqualTo(3);
            wire.channel.takeAgain();
        }
    }

    @Test
    void whatMustBeHeardIsQueuedBehindAMessageThatAloneIsOverTheBound() {
        int overlong = HARD + 2 * URGENT;
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent()).greet()) {
            wire.channel.refuse();
            assertThat(wire.link.offer(message(overlong))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offerControl(message(URGENT))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offerControl(message(10))).isEqualTo(Offer.DROPPED);
            assertThat(wire.link.stats().queuedBytes()).isEqualTo(overlong + URGENT);
            wire.channel.takeAgain();
        }
    }

    @Test
    void anEmptyQueueTakesAnyMessageThatTheProtocolTakes() {
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent()).greet()) {
            wire.channel.refuse();
            assertThat(wire.link.offer(message(10 * HARD))).isEqualTo(Offer.QUEUED);
            assertThat(wire.link.offer(message(10))).isEqualTo(Offer.DROPPED);
            wire.channel.takeAgain();
            assertThat(wire.sent()).hasSize(1);
        }
    }

    @Test
    void aMessageTooLongForTheProtocolIsRefusedAndTheSessionLivesOn() {
        try (ServerWire wire = ServerWire.inline(MessagingConfig.defaults().withMaxMessageBytes(100), Recorder.silent())
                .greet()) {
            assertThat(wire.link.offer(Message.binary(new byte[100]))).isEqualTo(Offer.QUEUED);
            assertThatExceptionOfType(LimitExceeded.class)
                    .isThrownBy(() -> wire.link.offer(Message.binary(new byte[101])));
            assertThat(wire.link.stats().messagesDropped()).isZero();
            assertThat(wire.sent()).hasSize(1);
        }
    }

    @Test
    void aBroadcastPassesOverWhoIsSlowAndCountsIt() {
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent()).greet()) {
            wire.channel.refuse();
            assertThat(wire.sessions.broadcast(message(SOFT))).isEqualTo(1);
            assertThat(wire.sessions.broadcast(message(20))).isEqualTo(1);
            assertThat(wire.link.stats().messagesDropped()).isEqualTo(1);
            wire.channel.takeAgain();
            assertThat(wire.sent()).hasSize(1);
        }
    }

    @Test
    void aBroadcastAsksOnlyOfThoseThatHaveGreeted() {
        try (ServerWire wire = ServerWire.inline(bounded(), Recorder.silent())) {
            assertThat(wire.sessions.broadcast(message(20), session -> {
                        throw new IllegalStateException(session + " has not greeted");
                    }))
                    .isZero();
            wire.greet();
            assertThat(wire.sessions.broadcast(message(20), session -> true)).isEqualTo(1);
            assertThat(wire.sent()).hasSize(1);
        }
    }

    @Test
    void onTheLoopSendIsRefused() {
        try (ServerWire wire = ServerWire.inline(Recorder.silent()).greet()) {
            assertThatIllegalStateException().isThrownBy(() -> wire.link.send(message(20)));
        }
    }

    @Test
    void theCountersCountWhatIsOnTheWire() {
        try (ServerWire wire = ServerWire.inline(echo)) {
            wire.receive(data("12345"), new Frame(FrameType.PING, Bytes.EMPTY), data("6"));
            var stats = wire.link.stats();
            assertThat(stats.messagesReceived()).isEqualTo(2);
            assertThat(stats.bytesReceived()).isEqualTo(36);
            assertThat(stats.messagesSent()).isEqualTo(2);
            assertThat(stats.bytesSent()).isEqualTo(36);
            assertThat(stats.queuedBytes()).isZero();
        }
    }
}
