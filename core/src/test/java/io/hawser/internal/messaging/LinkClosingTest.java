package io.hawser.internal.messaging;

import static io.hawser.internal.messaging.ServerWire.code;
import static io.hawser.internal.messaging.ServerWire.data;
import static io.hawser.internal.messaging.ServerWire.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.session.SessionState;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkClosingTest {
    private final Recorder echo = Recorder.echo();

    private static Frame goodbye(int code) {
        return new Frame(FrameType.DISCONNECT, Goodbye.payload(CloseReason.of(code, "bye")));
    }

    @Test
    void aCloseComesBehindWhatIsQueuedAndTheFirstReasonCounts() {
        try (ServerWire wire = ServerWire.inline(echo).greet()) {
            wire.channel.refuse();
            assertThat(wire.link.offer(Message.text("last"))).isEqualTo(Offer.QUEUED);
            wire.link.close(CloseReason.of(4100, "enough"));
            wire.link.close(CloseReason.of(4200, "again"));
            assertThat(wire.link.state()).isEqualTo(SessionState.CLOSING);
            assertThat(wire.link.offer(Message.text("too late"))).isEqualTo(Offer.CLOSED);
            wire.channel.takeAgain();
            var sent = wire.sent();
            assertThat(sent.getFirst()).isEqualTo(data("last"));
            assertThat(map(sent.getLast())).containsEntry("code", 4100L).containsEntry("msg", "enough");
            assertThat(sent.getLast().type()).isEqualTo(FrameType.DISCONNECT);
            assertThat(wire.link.state()).isEqualTo(SessionState.CLOSED);
        }
        assertThat(echo.told()).containsExactly("opened", "closed 4100");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void howeverItEndsClosedIsToldOnce(boolean inline) {
        for (Consumer<ServerWire> end : Arrays.<Consumer<ServerWire>>asList(
                wire -> wire.link.close(),
                wire -> wire.link.abort(),
                wire -> wire.channel.close(),
                wire -> wire.channel.endInput(),
                wire -> wire.receive(goodbye(1000)),
                wire -> wire.channel.read(new byte[10]),
                wire -> wire.channel.pipeline().fireExceptionCaught(new IOException("reset")),
                wire -> wire.pass(Duration.ofSeconds(61)))) {
            Recorder handler = Recorder.echo();
            ServerWire wire = inline ? ServerWire.inline(handler) : ServerWire.queued(handler);
            try (wire) {
                wire.receive(data("hi"));
                wire.dispatcher.runAll();
                end.accept(wire);
                wire.dispatcher.runAll();
                wire.channel.runPendingTasks();
                wire.link.close();
                wire.link.abort();
                wire.channel.runPendingTasks();
                wire.dispatcher.runAll();
                assertThat(wire.channel.isOpen()).isFalse();
                assertThat(wire.link.state()).isEqualTo(SessionState.CLOSED);
                assertThat(wire.sessions.live()).isZero();
                assertThat(wire.sessions.count()).isZero();
            }
            assertThat(handler.told()).hasSize(3).startsWith("opened", "message hi");
            assertThat(handler.told().getLast()).startsWith("closed ");
        }
    }

    @Test
    void aHalfCloseIsAnsweredFirst() {
        try (ServerWire wire = ServerWire.queued(echo)) {
            wire.receive(data("1"), data("2"));
            wire.channel.endInput();
            assertThat(wire.channel.isOpen()).isTrue();
            wire.dispatcher.runAll();
            assertThat(wire.sent()).containsExactly(data("1"), data("2"));
            assertThat(wire.channel.isOpen()).isFalse();
        }
        assertThat(echo.told()).endsWith("closed 1006");
    }

    @Test
    void aGoodbyeAndAHalfCloseBehindMessagesStillLetThemBeAnswered() {
        try (ServerWire wire = ServerWire.queued(echo)) {
            wire.receive(data("1"), data("2"), goodbye(1000));
            wire.channel.endInput();
            assertThat(wire.channel.isOpen()).isTrue();
            wire.dispatcher.runAll();
            assertThat(wire.sent()).containsExactly(data("1"), data("2"));
            assertThat(wire.channel.isOpen()).isFalse();
        }
        assertThat(echo.told()).containsExactly("opened", "message 1", "message 2", "closed 1000");
    }

    @Test
    void aHalfCloseInTheMiddleOfAFrameIs4004BehindTheAnswers() {
        try (ServerWire wire = ServerWire.queued(echo)) {
            wire.receive(data("1"));
            wire.channel.read((byte) 'M', (byte) 'S');
            wire.channel.endInput();
            wire.dispatcher.runAll();
            var sent = wire.sent();
            assertThat(sent.getFirst()).isEqualTo(data("1"));
            assertThat(code(sent.getLast())).isEqualTo(4004);
        }
    }

    @Test
    void aHalfCloseWhileReadingIsPausedIsSeenWhenItGoesOn() {
        try (ServerWire wire = ServerWire.queued(echo)) {
            Frame[] many = new Frame[100];
            Arrays.fill(many, data("m"));
            wire.receive(many);
            wire.channel.endInput();
            wire.dispatcher.runAll();
            int answers = wire.sent().size();
            while (wire.channel.isOpen()) {
                wire.dispatcher.runAll();
                answers += wire.sent().size();
            }
            assertThat(answers).isEqualTo(100);
        }
        assertThat(echo.told()).hasSize(102);
    }

    @Test
    void aHandlerThatFailsEndsItsSessionAndGetsNoMoreMessages() {
        Recorder failing = new Recorder((session, message) -> {
            throw new IllegalStateException("thrown by a test");
        });
        try (ServerWire wire = ServerWire.queued(failing)) {
            wire.receive(data("1"), data("2"));
            wire.dispatcher.runAll();
            assertThat(code(wire.sentLast())).isEqualTo(4500);
            wire.dispatcher.runAll();
            assertThat(wire.sessions.handlerFailures()).isEqualTo(1);
        }
        assertThat(failing.told()).containsExactly("opened", "message 1", "closed 1011");
    }

    @Test
    void ifOpenedFailsNoMessageIsDelivered() {
        Recorder refusing = new Recorder(new SessionHandler() {
            @Override
            public void opened(Session session) {
                throw new SecurityException("not you, says a test");
            }

            @Override
            public void message(Session session, Message message) {}
        });
        for (boolean inline : new boolean[] {true, false}) {
            try (ServerWire wire = inline ? ServerWire.inline(refusing) : ServerWire.queued(refusing)) {
                wire.receive(data("1"), data("2"));
                wire.dispatcher.runAll();
            }
        }
        assertThat(refusing.told()).containsExactly("opened", "closed 1011", "opened", "closed 1011");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uD800", "a\uDC00b", "", "ok"})
    void anyReasonCanBeSaid(String reason) {
        try (ServerWire wire = ServerWire.inline(echo).greet()) {
            wire.link.close(CloseReason.of(4501, reason).withRetryAfter(Duration.ofSeconds(Long.MAX_VALUE)));
            Frame last = wire.sentLast();
            assertThat(code(last)).isEqualTo(4501);
            assertThat(Goodbye.parse(last.payload()).retryAfter()).contains(Duration.ofHours(1));
            assertThat(wire.channel.isOpen()).isFalse();
        }
    }

    @Test
    void aReasonOfAMegabyteIsCut() {
        try (ServerWire wire = ServerWire.inline(echo).greet()) {
            wire.link.close(CloseReason.of(4100, "😀".repeat(1 << 19)));
            Frame last = wire.sentLast();
            assertThat(last.payload().size()).isLessThan(MsgiFraming.MAX_GOODBYE_BYTES);
            assertThat(Goodbye.parse(last.payload()).message()).isEqualTo("😀".repeat(500));
        }
    }

    @Test
    void theGoodbyeOfThePeerIsNotAnsweredWithOne() {
        try (ServerWire wire = ServerWire.inline(echo).greet()) {
            wire.receive(goodbye(4100));
            assertThat(wire.sent()).isEmpty();
            assertThat(wire.channel.isOpen()).isFalse();
        }
        assertThat(echo.told()).containsExactly("opened", "closed 4100");
    }

    @Test
    void aDrainAnswersWhatCameAndThenSaysWhenToComeBack() {
        try (ServerWire wire = ServerWire.queued(echo).greet()) {
            wire.receive(data("1"), data("2"));
            Thread drain = Thread.startVirtualThread(() -> wire.sessions.drain(
                    CloseReason.DRAIN.withRetryAfter(Duration.ofSeconds(3)), Duration.ofSeconds(20)));
            await().until(() -> drain.getState() == Thread.State.TIMED_WAITING);
            wire.receive(data("too late"));
            wire.dispatcher.runAll();
            var sent = wire.sent();
            assertThat(sent).hasSize(3).startsWith(data("1"), data("2"));
            assertThat(map(sent.getLast())).containsEntry("code", 4501L).containsEntry("retry", 3000L);
            join(drain);
        }
        assertThat(echo.told()).containsExactly("opened", "message 1", "message 2", "closed 4501");
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aLinkThatComesDuringADrainIsToldAtOnce() {
        try (ServerWire wire = ServerWire.inline(echo)) {
            wire.link.abort();
            wire.sessions.drain(CloseReason.DRAIN, Duration.ZERO);
            var late = new StubbornChannel();
            MsgiServerLink link = new MsgiServerLink(wire.sessions, MsgiSettings.of(MessagingConfig.defaults()), late);
            late.pipeline().addLast(link);
            link.start(Unpooled.wrappedBuffer(ServerWire.frames(data("hi"))));
            assertThat(late.isOpen()).isFalse();
            assertThat(wire.sessions.live()).isZero();
            assertThat(Bytes.wrap(late.written()).toHex())
                    .startsWith(Bytes.wrap(ServerWire.frames(data("hi"))).toHex());
        }
        assertThat(echo.told()).containsExactly("opened", "message hi", "closed 4501");
    }

    @Test
    void aLinkOnAChannelThatHasClosedAlreadyIsClosedAndKeepsNothing() {
        try (ServerWire wire = ServerWire.inline(echo)) {
            var gone = new StubbornChannel();
            gone.close();
            MsgiServerLink link = new MsgiServerLink(wire.sessions, MsgiSettings.of(MessagingConfig.defaults()), gone);
            link.start(Unpooled.wrappedBuffer(ServerWire.frames(data("hi"))));
            assertThat(link.state()).isEqualTo(SessionState.CLOSED);
            assertThat(wire.sessions.live()).isEqualTo(1);
        }
        assertThat(echo.told()).isEmpty();
    }

    @Test
    void whatWasReadIsReleasedHoweverAHandlerEndsItsLink() {
        for (Consumer<Session> end : Arrays.<Consumer<Session>>asList(Session::close, Session::abort)) {
            try (ServerWire wire = ServerWire.inline(new Recorder((session, message) -> end.accept(session)))) {
                wire.channel.read((byte) 'M');
                byte[] rest = ServerWire.frames(data("1"), data("2"), data("3"));
                wire.channel.read(Arrays.copyOfRange(rest, 1, rest.length - 2));
                assertThat(wire.channel.isOpen()).isFalse();
                assertThat(wire.link.stats().messagesReceived()).isEqualTo(1);
            }
        }
    }

    @Test
    void anErrorOutOfAHandlerLeavesNothingOpen() {
        Recorder handler = new Recorder((session, message) -> {
            throw new AssertionError("thrown by a test");
        });
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.channel.read((byte) 'M');
            byte[] rest = ServerWire.frames(data("1"), data("2"));
            wire.channel.read(Arrays.copyOfRange(rest, 1, rest.length));
        }
        assertThat(handler.told()).containsExactly("opened", "message 1", "closed 1011");
    }
}
