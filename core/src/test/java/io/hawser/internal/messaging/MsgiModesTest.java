package io.hawser.internal.messaging;

import static io.hawser.internal.messaging.ServerWire.code;
import static io.hawser.internal.messaging.ServerWire.control;
import static io.hawser.internal.messaging.ServerWire.data;
import static io.hawser.internal.messaging.ServerWire.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.messaging.MsgiLink.Mode;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionState;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MsgiModesTest {
    private static final Frame PING = new Frame(FrameType.PING, Bytes.ofUtf8("are you there"));
    private static final Frame HEARTBEAT = new Frame(FrameType.HEARTBEAT, Bytes.EMPTY);
    private final Recorder handler = Recorder.echo();

    @Test
    void dataOpensBareMode() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(data("hi"), data(""));
            assertThat(wire.link.mode()).isEqualTo(Mode.BARE);
            assertThat(wire.sent()).containsExactly(data("hi"), data(""));
            assertThat(wire.link.clientId()).isEqualTo(wire.link.id());
        }
        assertThat(handler.told()).containsExactly("opened", "message hi", "message ", "closed 1006");
    }

    @Test
    void aHelloOpensSessionModeAndIsAnsweredBeforeAnythingElse() {
        Recorder greeting = new Recorder((session, message) -> {}) {
            @Override
            public void opened(Session session) throws Exception {
                super.opened(session);
                session.offer(Message.text("hello " + session.clientId()));
            }
        };
        try (ServerWire wire = ServerWire.inline(MessagingConfig.defaults().withId("hub-1"), greeting)) {
            wire.receive(control(ServerWire.HELLO));
            var sent = wire.sent();
            assertThat(wire.link.mode()).isEqualTo(Mode.SESSION);
            assertThat(sent).hasSize(2);
            assertThat(map(sent.getFirst())).containsEntry("id", 1L);
            assertThat(map(sent.getFirst()).get("welcome"))
                    .isEqualTo(Map.of(
                            "server", "hub-1", "sid", wire.link.id(), "window", 0L, "resumed", false, "hb", 25_000L));
            assertThat(sent.getLast()).isEqualTo(data("hello web-7"));
            assertThat(wire.sessions.find(wire.link.id())).containsSame(wire.link);
        }
        assertThat(greeting.told()).containsExactly("opened", "closed 1006");
    }

    @Test
    void pingsAndHeartbeatsDecideNothingAndPingsAreAnswered() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(HEARTBEAT, PING);
            assertThat(wire.sent()).containsExactly(new Frame(FrameType.PONG, PING.payload()));
            assertThat(wire.link.mode()).isEqualTo(Mode.UNDECIDED);
            assertThat(wire.link.state()).isEqualTo(SessionState.CONNECTING);
            assertThat(wire.sessions.count()).isZero();
            wire.receive(data("now"), PING, HEARTBEAT);
            assertThat(wire.sent()).containsExactly(data("now"), new Frame(FrameType.PONG, PING.payload()));
        }
    }

    @Test
    void aPingIsAnsweredWhileTheHandlerIsBusy() {
        try (ServerWire wire = ServerWire.queued(handler)) {
            wire.receive(data("slow"), PING);
            assertThat(wire.sent()).containsExactly(new Frame(FrameType.PONG, PING.payload()));
            wire.dispatcher.runAll();
            assertThat(wire.sent()).containsExactly(data("slow"));
        }
    }

    @Test
    void inSessionModeAnApplicationPingIsAnsweredAndOtherRequestsAreRefused() {
        try (ServerWire wire = ServerWire.inline(handler).greet()) {
            wire.receive(control(Bytes.ofHex("a0")));
            assertThat(wire.sent()).containsExactly(control(Bytes.ofHex("a0")));
            wire.receive(control(CborWriter.create()
                    .map(2)
                    .text("id")
                    .integer(9)
                    .text("sub")
                    .map(1)
                    .text("topic")
                    .text("t")
                    .toBytes()));
            Map<String, Object> answer = map(wire.sentLast());
            assertThat(answer).containsEntry("id", 9L);
            assertThat(answer.get("err")).asString().contains("404");
            wire.receive(control(CborWriter.create().map(1).text("ack").map(0).toBytes()));
            assertThat(wire.sent()).isEmpty();
            assertThat(wire.link.state()).isEqualTo(SessionState.OPEN);
        }
    }

    private static Bytes deep(int levels) {
        CborWriter hello = CborWriter.create().map(1).text("hello").map(1).text("x");
        for (int i = 0; i < levels; i++) hello.list(1);
        return hello.integer(1).toBytes();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            4004, ff
            4004, 80
            4004, a16568656c6c6f01
            4004, a16568656c6c6fa166636c69656e7461ff
            4010, a163737562a0
            4010, a0
            """)
    void aHelloThatIsNoneGetsItsError(int code, String payload) {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(control(Bytes.ofHex(payload)));
            endsWith(wire, FrameType.ERROR, code);
        }
        assertThat(handler.told()).isEmpty();
    }

    private static void endsWith(ServerWire wire, FrameType type, int code) {
        Frame last = wire.sentLast();
        assertThat(last.type()).isEqualTo(type);
        assertThat(code(last)).isEqualTo(code);
        assertThat(wire.channel.isOpen()).isFalse();
        assertThat(wire.sessions.live()).isZero();
    }

    @Test
    void aHelloNestedTooDeeplyIs4004() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(control(deep(40)));
            endsWith(wire, FrameType.ERROR, 4004);
        }
    }

    @Test
    void aHelloMayHave8KiBAndNotMore() {
        try (ServerWire wire = ServerWire.inline(MessagingConfig.defaults().withMaxMessageBytes(1), handler)) {
            Bytes padded = CborWriter.create()
                    .map(2)
                    .text("hello")
                    .map(0)
                    .text("pad")
                    .text("x".repeat((8 << 10) - 15))
                    .toBytes();
            assertThat(padded.size()).isEqualTo(8 << 10);
            wire.receive(control(padded));
            assertThat(wire.link.mode()).isEqualTo(Mode.SESSION);
        }
        try (ServerWire wire = ServerWire.inline(handler)) {
            byte[] header = Bytes.ofHex("4d5347490000200b0020").toArray();
            wire.channel.read(header);
            endsWith(wire, FrameType.ERROR, 4002);
        }
    }

    @Test
    void dataBeforeTheHelloIs4010WhereBareModeIsNotAllowed() {
        try (ServerWire wire = ServerWire.inline(MessagingConfig.defaults().withBareAllowed(false), handler)) {
            wire.receive(data("hi"));
            endsWith(wire, FrameType.ERROR, 4010);
        }
        assertThat(handler.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inBareModeControlIsAnUnknownTypeAndTheMessagesBeforeItAreAnswered(boolean inline) {
        try (ServerWire wire = inline ? ServerWire.inline(handler) : ServerWire.queued(handler)) {
            wire.receive(data("1"), data("2"), control(ServerWire.HELLO), data("3"));
            wire.dispatcher.runAll();
            var sent = wire.sent();
            assertThat(sent.subList(0, 2)).containsExactly(data("1"), data("2"));
            assertThat(sent).hasSize(3);
            assertThat(code(sent.getLast())).isEqualTo(4003);
            assertThat(wire.channel.isOpen()).isFalse();
            wire.dispatcher.runAll();
        }
        assertThat(handler.told()).containsExactly("opened", "message 1", "message 2", "closed 4003");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            4000, 4d5347490000000a00404142
            4001, 4d53474900000009
            4002, 4d534749ffffffff
            4003, 4d5347490000000a8010
            4003, 4d5347490000000a1234
            4004, 4d5347490000000b0040
            4004, 4d5347490000000a0030
            4004, 4d5347490000000b0050ff
            """)
    void badInputGetsItsErrorThenTheClose(int code, String wireBytes) {
        try (ServerWire wire = ServerWire.queued(handler)) {
            wire.receive(data("good"));
            wire.dispatcher.runAll();
            wire.channel.read(Bytes.ofHex(wireBytes).toArray());
            wire.dispatcher.runAll();
            endsWith(wire, FrameType.ERROR, code);
            wire.dispatcher.runAll();
        }
        assertThat(handler.told()).containsExactly("opened", "message good", "closed " + code);
    }

    @Test
    void withTheSmallestMessageLimitGreetingsPongsAndErrorsStillFit() {
        try (ServerWire wire = ServerWire.inline(MessagingConfig.defaults().withMaxMessageBytes(1), handler)) {
            wire.receive(PING, control(ServerWire.HELLO));
            assertThat(wire.sent()).extracting(Frame::type).containsExactly(FrameType.PONG, FrameType.CONTROL);
            wire.channel.read(Bytes.ofHex("4d5347490000000c0010").toArray());
            endsWith(wire, FrameType.ERROR, 4002);
        }
    }
}
