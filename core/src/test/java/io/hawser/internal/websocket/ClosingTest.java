package io.hawser.internal.websocket;

import static io.hawser.internal.websocket.Wire.close;
import static io.hawser.internal.websocket.Wire.frame;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.SessionState;
import io.hawser.websocket.WebSocketConfig;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClosingTest {
    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
    void aCloseIsAnsweredWithItsCode(int code) {
        try (Wire wire = Wire.echo()) {
            wire.receive(close(code, "why"));
            assertThat(wire.sentLast().closeCode()).isEqualTo(code);
            assertThat(wire.told).containsExactly("opened", "closed " + code);
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
    void aCodeThatMayNotBeSentIs1002(int code) {
        try (Wire wire = Wire.echo()) {
            wire.receive(close(code, ""));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1002);
        }
    }

    @Test
    void aCloseWithoutACodeIsAnsweredWithout() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x88));
            assertThat(wire.sentLast()).isEqualTo(new Wire.Frame(0x88));
            assertThat(wire.told).endsWith("closed 1005");
        }
    }

    @Test
    void halfACodeIs1002AndAMessageThatIsNotUtf8Is1007() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x88, (byte) 3));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1002);
        }
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x88, (byte) 3, (byte) 0xE8, (byte) 0xC3));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1007);
        }
    }

    @Test
    void whatComesAfterACloseIsNotLookedAt() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x81, "first"), close(1000, ""), frame(0x81, "late"), frame(0x89));
            assertThat(wire.sent()).hasSize(2);
            assertThat(wire.told).containsExactly("opened", "text first", "closed 1000");
        }
    }

    @Test
    void ourCloseWaitsForThePeersAndPassesItsMessagesOver() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x01, "begun"));
            wire.link.close(CloseReason.of(4100, "enough"));
            assertThat(wire.sentLast().closeCode()).isEqualTo(4100);
            wire.receive(frame(0x80, "rest"), frame(0x82, new byte[70_000]), frame(0x89));
            assertThat(wire.isOpen()).isTrue();
            assertThat(wire.sent()).isEmpty();
            wire.receive(close(4100, ""));
            assertThat(wire.isOpen()).isFalse();
            assertThat(wire.told).containsExactly("opened", "closed 4100");
        }
    }

    @Test
    void aPeerThatAnswersNoCloseIsCutAfterFiveSeconds() {
        try (Wire wire = Wire.echo()) {
            wire.link.close();
            wire.pass(seconds(4.5));
            assertThat(wire.isOpen()).isTrue();
            wire.pass(seconds(1));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aPeerThatEndsInsteadOfAnsweringIsDone() {
        try (Wire wire = Wire.echo()) {
            wire.link.close();
            wire.channel.endInput();
            assertThat(wire.isOpen()).isFalse();
            assertThat(wire.told).endsWith("closed 1000");
        }
    }

    @Test
    void whatMakesNoSenseAfterOurCloseEndsTheWait() {
        try (Wire wire = Wire.echo()) {
            wire.link.close();
            wire.sent();
            wire.receive(new byte[] {(byte) 0xFF, 0});
            assertThat(wire.isOpen()).isFalse();
            assertThat(wire.sent()).isEmpty();
        }
    }

    @Test
    void anEndWithoutACloseIs1006AndGetsNone() {
        try (Wire wire = Wire.echo()) {
            wire.receive(frame(0x01, "begun"));
            wire.channel.endInput();
            assertThat(wire.sent()).isEmpty();
            assertThat(wire.told).containsExactly("opened", "closed 1006");
        }
    }

    @ParameterizedTest
    @CsvSource({"4501, 1001", "4502, 1013", "4503, 1013", "4505, 1001", "1011, 1011", "4013, 4013", "1015, 1011"})
    void hawsersReasonsAreToldInTheCodesOfTheRfc(int reason, int code) {
        try (Wire wire = Wire.echo()) {
            wire.link.close(CloseReason.of(reason, "x"));
            assertThat(wire.sentLast().closeCode()).isEqualTo(code);
        }
    }

    @Test
    void aSubprotocolOfHawserHasItsOwnCodes() {
        Agreed agreed = new Agreed(Optional.of("hawser.v1.json"), Optional.empty());
        try (Wire wire = new Wire(WebSocketConfig.defaults(), agreed, true, true)) {
            wire.link.close(CloseReason.DRAIN);
            assertThat(wire.sentLast().closeCode()).isEqualTo(4501);
        }
    }

    @Test
    void aLongReasonIsCutBetweenCharacters() {
        try (Wire wire = Wire.echo()) {
            wire.link.close(CloseReason.of(4000, "é".repeat(100)));
            byte[] payload = wire.sentLast().payload();
            assertThat(payload.length).isEqualTo(2 + 122);
        }
    }

    @Test
    void aSilentPeerIsPingedAt25SecondsAndGoneAt60() {
        try (Wire wire = Wire.echo()) {
            wire.pass(seconds(25));
            assertThat(wire.sent()).isEmpty();
            wire.pass(seconds(0.5));
            assertThat(wire.sent()).containsExactly(new Wire.Frame(0x89));
            wire.receive(frame(0x8A));
            wire.pass(seconds(60));
            assertThat(wire.link.state()).isEqualTo(SessionState.OPEN);
            wire.pass(seconds(0.5));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1001);
            assertThat(wire.link.state()).isEqualTo(SessionState.CLOSING);
        }
    }

    @Test
    void aMessageNotDoneIn30SecondsIs1008HoweverItTrickles() {
        try (Wire wire = Wire.echo()) {
            for (int i = 0; i < 30; i++) {
                wire.receive(frame(i == 0 ? 0x01 : 0x00, "x"));
                assertThat(wire.isOpen()).isTrue();
                wire.pass(seconds(1));
            }
            assertThat(wire.sent()).isEmpty();
            wire.pass(seconds(0.5));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void theLimitsOfTheSessionsHoldFromTheMomentOnWhenTheyChange() {
        try (Wire idle = Wire.echo();
                Wire slow = Wire.echo()) {
            idle.sessions.limits(ConnectionLimits.defaults().withIdleTimeout(Duration.ofSeconds(10)));
            idle.pass(seconds(10.5));
            assertThat(idle.sentLast().closeCode()).isEqualTo(1001);
            slow.sessions.limits(ConnectionLimits.defaults().withFrameTimeout(Duration.ofSeconds(10)));
            for (int i = 0; i < 11; i++) {
                slow.receive(frame(i == 0 ? 0x01 : 0x00, "x"));
                slow.pass(seconds(1));
            }
            assertThat(slow.sentLast().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aHeaderNotDoneIn30SecondsIs1008() {
        try (Wire wire = Wire.echo()) {
            wire.receive(new byte[] {(byte) 0x81});
            wire.pass(seconds(30.5));
            assertThat(wire.sentLast().closeCode()).isEqualTo(1008);
        }
    }

    @Test
    void aDrainAnswersWhatWasReceivedAndThenWaitsForThePeersClose() {
        try (Wire wire = Wire.queued()) {
            wire.receive(frame(0x81, "one"));
            wire.sessions.drain(CloseReason.DRAIN, Duration.ZERO);
            wire.dispatcher.runAll();
            assertThat(wire.told).startsWith("opened", "text one");
        }
    }

    @Test
    void aPausedPeersCloseIsStillHeardAfterOurs() {
        try (Wire wire = Wire.queued()) {
            for (int i = 0; i < 70; i++) wire.receive(frame(0x81, "m" + i));
            assertThat(wire.channel.config().isAutoRead()).isFalse();
            wire.link.close();
            wire.channel.runPendingTasks();
            assertThat(wire.channel.config().isAutoRead()).isTrue();
            wire.receive(close(1000, ""));
            assertThat(wire.isOpen()).isFalse();
        }
    }

    @Test
    void aSlowReaderIsToldSo() {
        try (Wire wire = Wire.silent(WebSocketConfig.defaults())) {
            wire.channel.refuse();
            wire.link.offer(Message.text("x".repeat(1000)));
            wire.channel.runPendingTasks();
            wire.pass(seconds(11));
            wire.channel.takeAgain();
            assertThat(wire.sentLast().closeCode()).isEqualTo(1013);
        }
    }
}
