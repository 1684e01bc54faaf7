package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.ERROR;
import static io.hawser.conformance.msgi.MsgiPeer.HEARTBEAT;
import static io.hawser.conformance.msgi.MsgiPeer.PING;
import static io.hawser.conformance.msgi.MsgiPeer.PONG;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.join;
import static io.hawser.conformance.msgi.MsgiPeer.noise;

import io.hawser.hub.Hub;
import io.hawser.io.ExecutionMode;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource
@Timeout(120)
final class BadInputTest {
    private static final byte[] GOOD = noise(100);
    private static final byte[] NO_CBOR = {(byte) 0xff, 0x00};
    private static final byte[] NO_MAP = {0x01};

    @Parameter
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;
    private MsgiPeer other;

    @BeforeEach
    void start() throws IOException {
        hub = Hub.start(Hubs.echo().withHandlers(mode));
        other = MsgiPeer.connect(hub.endpoint());
        other.echoes(GOOD);
    }

    @AfterEach
    void stop() throws IOException {
        other.close();
        hub.close();
    }

    static Stream<Arguments> badInputs() {
        return Stream.of(
                bad(4000, "another magic", header(10, DATA, 'X')),
                bad(4000, "a magic wrong in its last byte", "MSGX".getBytes(StandardCharsets.US_ASCII)),
                bad(4000, "one byte that no frame begins with", new byte[] {'X'}),
                bad(4001, "length 0", header(0, DATA)),
                bad(4001, "length 9", header(9, DATA)),
                bad(4001, "length 9, and not even the type behind it", Arrays.copyOf(header(9, DATA), 8)),
                bad(4002, "length of the limit and one", header(10 + (1 << 20) + 1, DATA)),
                bad(4002, "the sign bit of the length", header(0x8000_0000L, DATA)),
                bad(4002, "the largest length", header(0xFFFF_FFFFL, DATA)),
                bad(4002, "the largest length of an ignored type", header(0xFFFF_FFFFL, 0x7000)),
                bad(4003, "type 0", frame(0x0000)),
                bad(4003, "a type between", frame(0x0011)),
                bad(4003, "the type below the ignored ones", frame(0x6FFF)),
                bad(4003, "DATA with a bit that was not agreed", frame(0x8010)),
                bad(4003, "CONTROL with a bit that was not agreed", frame(0x8020)),
                bad(4003, "another bit of DATA", frame(0x4010)),
                bad(4003, "the largest type", frame(0xFFFF)),
                bad(4003, "CONTROL in bare mode", cbor(CONTROL, Map.of())),
                bad(4003, "hello in bare mode", cbor(CONTROL, Map.of("id", 1, "hello", Map.of()))),
                bad(4004, "a PING too long", frame(PING, noise(126))),
                bad(4004, "a PONG too long", frame(PONG, noise(126))),
                bad(4004, "a PING too long, known from its header", header(10 + 126, PING)),
                bad(4004, "a HEARTBEAT with a payload", frame(HEARTBEAT, noise(1))),
                bad(4004, "an ERROR that is no CBOR", frame(ERROR, NO_CBOR)),
                bad(4004, "an ERROR that is empty", frame(ERROR)),
                bad(4004, "a DISCONNECT that is no map", frame(DISCONNECT, NO_MAP)),
                bad(4004, "a DISCONNECT with a code that is none", cbor(DISCONNECT, Map.of("code", 7, "msg", ""))),
                bad(4002, "a DISCONNECT over 8 KiB", header(10 + 8193, DISCONNECT)));
    }

    private static Arguments bad(int code, String what, byte... bytes) {
        return Arguments.argumentSet(code + " for " + what, code, bytes);
    }

    private static byte[] header(long totalBytes, int type, char... wrongFirst) {
        byte[] header = MsgiPeer.header(totalBytes, type);
        if (wrongFirst.length > 0) header[0] = (byte) wrongFirst[0];
        return header;
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void isAnsweredWithItsCodeWhileAnotherConnectionEchoes(int code, byte... bytes) throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.echoes(GOOD);
            peer.write(bytes);
            other.echoes(GOOD);
            peer.expectGoodbye(ERROR, code);
        }
        other.echoes(GOOD);
    }

    /// What came before is answered first.
    @ParameterizedTest
    @MethodSource("badInputs")
    void inOneWriteBehindAGoodFrameComesTheAnswerAndThenTheCode(int code, byte... bytes) throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(join(frame(DATA, GOOD), bytes));
            peer.expectData(GOOD);
            peer.expectGoodbye(ERROR, code);
        }
        other.echoes(GOOD);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 11, 109})
    void aFrameThatIsCutByTheEndIs4004(int sent) throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.echoes(GOOD);
            peer.write(Arrays.copyOf(frame(DATA, GOOD), sent));
            peer.endOutput();
            peer.expectGoodbye(ERROR, 4004);
        }
        other.echoes(GOOD);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7000, 0x7ABC, 0x7FFF})
    void typesForExperimentsArePassedOver(int type) throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.write(join(frame(type, GOOD), frame(DATA, GOOD), frame(type)));
            peer.expectData(GOOD);
            peer.echoes(GOOD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "(x", "{}", "<?xml", "\r\n\r\n", "\u0016\u0003\u0001"})
    void whatIsNoProtocolFromTheStartIsClosedWithoutAnAnswer(String first) throws IOException {
        try (Socket socket = new Socket(hub.endpoint().host(), hub.endpoint().port());
                MsgiPeer peer = MsgiPeer.over(socket)) {
            peer.write(first.getBytes(StandardCharsets.US_ASCII));
            peer.expectEnd();
        }
        other.echoes(GOOD);
    }
}
