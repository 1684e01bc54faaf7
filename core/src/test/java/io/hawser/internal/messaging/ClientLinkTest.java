package io.hawser.internal.messaging;

import static io.hawser.internal.messaging.ServerWire.control;
import static io.hawser.internal.messaging.ServerWire.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.Endpoint;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.link.FramingDriver;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Stage;
import io.hawser.messaging.StageContext;
import io.hawser.messaging.Transform;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Receipt.State;
import io.hawser.session.SessionConfig;
import io.hawser.testing.FakeTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClientLinkTest {
    private static final Endpoint SERVER = Endpoint.of("192.0.2.1", 7000);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final MsgiSettings plain = settings(MessagingConfig.defaults());
    private final SendQueue queue = new SendQueue(size -> plain.messages().encodedSize(size), 3, 100);
    private final Recorder handler = Recorder.silent();
    private final SessionRegistry sessions =
            new SessionRegistry(SessionConfig.defaults(), handler, HandDispatcher.inline(), false, new FakeTime());
    private final StubbornChannel channel = new StubbornChannel();
    private final FramingDriver<Frame> out = new FramingDriver<>(MsgiFraming.of(10_000));

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static MsgiSettings settings(MessagingConfig config) {
        return MsgiSettings.of(config.withMaxMessageBytes(1000));
    }

    private MsgiClientLink connect(MsgiSettings settings) {
        return connect(settings, sessions);
    }

    private MsgiClientLink connect(MsgiSettings settings, SessionRegistry registry) {
        MsgiClientLink link =
                new MsgiClientLink(registry, settings, MessagingClientConfig.to("meter-7", SERVER), queue, channel);
        channel.pipeline().addLast(link);
        link.start(null);
        return link;
    }

    private static Frame welcomeFrame() {
        return control(new Greeting.Welcome(1, "s", "sid-1", 25_000, Optional.empty(), Optional.empty()).encoded());
    }

    private void welcome() {
        channel.read(ServerWire.frames(welcomeFrame()));
    }

    private List<Frame> sent() {
        channel.runPendingTasks();
        out.feed(channel.written());
        return out.frames();
    }

    private Receipt send(String text) {
        return queue.send(Message.text(text));
    }

    @Test
    void itSaysHelloFirstAndOpensWithTheWelcome() {
        MsgiClientLink link = connect(plain);
        assertThat(Greeting.parseHello(sent().getFirst().payload()))
                .isNotNull()
                .extracting(Greeting.Hello::client)
                .isEqualTo("meter-7");
        assertThat(handler.told()).isEmpty();
        welcome();
        link.awaitOpen(SERVER, SECOND);
        assertThat(link.id()).isEqualTo("sid-1");
        assertThat(handler.told()).containsExactly("opened");
    }

    @Test
    void whatWasKeptIsSentInOrderBeforeWhatFollows() {
        List<Receipt> receipts = List.of(send("1"), send("2"), send("3"));
        assertThat(queue.keptMessages()).isEqualTo(3);
        connect(plain);
        assertThat(receipts).extracting(Receipt::state).containsOnly(State.QUEUED);
        welcome();
        assertThat(sent().subList(1, 4)).containsExactly(data("1"), data("2"), data("3"));
        assertThat(receipts).extracting(Receipt::state).containsOnly(State.SENT);
        assertThat(queue.keptMessages()).isZero();
    }

    @Test
    void theReceiptComesAlsoWhereTheTurnEndsWithAPayloadThatIsPassedOnUncopied() {
        SessionRegistry echoing = new SessionRegistry(
                SessionConfig.defaults(), Recorder.echo(), HandDispatcher.inline(), false, new FakeTime());
        Receipt receipt = send("1");
        connect(MsgiSettings.of(MessagingConfig.defaults()), echoing);
        channel.runPendingTasks();
        FramingDriver<Frame> wire = new FramingDriver<>(MsgiFraming.of(100_000));
        wire.feed(channel.written());
        channel.read(ServerWire.frames(welcomeFrame(), data(20_000)));
        channel.runPendingTasks();
        assertThat(receipt.state()).isEqualTo(State.SENT);
        wire.feed(channel.written());
        assertThat(wire.frames()).endsWith(data("1"), data(20_000));
    }

    @Test
    void overItsBoundsTheQueueRejectsAndWhatItHasStays() {
        send("1");
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> send("x".repeat(100)));
        send("x".repeat(98));
        send("3");
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> send(""));
        assertThat(queue.keptMessages()).isEqualTo(3);
    }

    @Test
    void aMessageTooLongForAnyConnectionIsRefusedAtOnce() {
        assertThatExceptionOfType(LimitExceeded.class).isThrownBy(() -> send("x".repeat(1001)));
        assertThat(queue.keptMessages()).isZero();
    }

    @Test
    void whatWaitsWhenTheClientEndsIsLostAndSaysSo() {
        Receipt receipt = send("1");
        queue.end();
        assertThat(receipt.state()).isEqualTo(State.LOST);
        assertThatExceptionOfType(SessionClosed.class).isThrownBy(() -> send("2"));
    }

    @Test
    void whatTheConnectionDidNotTakeToTheSocketIsLostWhenItCloses() {
        send("1");
        connect(plain);
        channel.refuse();
        welcome();
        channel.close();
        channel.runPendingTasks();
        assertThat(queue.keptMessages()).isZero();
        // Handed to the operating system, for all that we know.
        send("2");
        assertThat(queue.keptMessages()).isEqualTo(1);
    }

    @Test
    void ofAMessageThatWasBeingWrittenWeSayThatItIsLost() {
        Receipt receipt = send("1");
        connect(plain);
        channel.refuse();
        welcome();
        assertThat(receipt.state()).isEqualTo(State.QUEUED);
        channel.close();
        assertThat(receipt.state()).isEqualTo(State.LOST);
    }

    @Test
    void aServerThatRefusesIsReportedWithItsReason() {
        MsgiClientLink link = connect(plain);
        channel.read(
                ServerWire.frames(new Frame(FrameType.ERROR, Goodbye.payload(CloseReason.of(4010, "who are you")))));
        assertThatExceptionOfType(SessionClosed.class)
                .isThrownBy(() -> link.awaitOpen(SERVER, SECOND))
                .satisfies(e -> assertThat(e.code()).isEqualTo(4010));
        assertThat(handler.told()).isEmpty();
    }

    @Test
    void aServerThatIsGoneBeforeTheWelcomeIsAConnectionLost() {
        MsgiClientLink link = connect(plain);
        channel.close();
        assertThatExceptionOfType(ConnectionLost.class).isThrownBy(() -> link.awaitOpen(SERVER, SECOND));
    }

    @Test
    void aConnectionThatWasGoneBeforeItStartedIsNotWaitedFor() {
        channel.close();
        MsgiClientLink link = connect(plain);
        assertThatExceptionOfType(ConnectionLost.class).isThrownBy(() -> link.awaitOpen(SERVER, Duration.ofDays(1)));
    }

    @Test
    void aServerThatRequestsIsNotAnswered() {
        connect(plain);
        welcome();
        channel.read(ServerWire.frames(control(Bytes.ofHex("a0")), control(Bytes.ofHex("a16269640a"))));
        assertThat(sent()).hasSize(1);
        assertThat(channel.isOpen()).isTrue();
    }

    /// Passes all but one message.
    private static final class Picky implements Stage {
        @Override
        public String name() {
            return "picky";
        }

        @Override
        public boolean isLocal() {
            return true;
        }

        @Override
        public Transform sending(StageContext context) {
            return (type, sequence, payload) -> {
                if (payload.equals(Bytes.ofUtf8("bad"))) throw new IllegalStateException("thrown by a test");
                return payload;
            };
        }

        @Override
        public Transform receiving(StageContext context) {
            return (type, sequence, payload) -> payload;
        }
    }

    @Test
    void aKeptMessageThatCannotBeEncodedIsLostAndTheRestGoesOnTheNextConnection() {
        Receipt good = send("good");
        Receipt bad = send("bad");
        Receipt next = send("next");
        connect(settings(MessagingConfig.defaults().withPipeline(Pipeline.of(new Picky()))));
        welcome();
        channel.runPendingTasks();
        assertThat(bad.state()).isEqualTo(State.LOST);
        assertThat(channel.isOpen()).isFalse();
        assertThat(handler.told()).containsExactly("opened", "closed 1011");
        assertThat(next.state()).isEqualTo(State.QUEUED);
        assertThat(good.state()).isEqualTo(State.SENT);
        assertThat(queue.keptMessages()).isEqualTo(1);
    }
}
