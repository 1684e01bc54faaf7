package io.hawser.internal.messaging;

import static io.hawser.internal.messaging.ServerWire.code;
import static io.hawser.internal.messaging.ServerWire.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.Message;
import io.hawser.session.SessionState;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LinkTimesTest {
    private static final Frame PING = new Frame(FrameType.PING, Bytes.EMPTY);
    private static final Frame PONG = new Frame(FrameType.PONG, Bytes.EMPTY);
    private static final Frame HEARTBEAT = new Frame(FrameType.HEARTBEAT, Bytes.EMPTY);
    private final Recorder handler = Recorder.silent();

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static void endsWith(ServerWire wire, int code) {
        assertThat(code(wire.sentLast())).isEqualTo(code);
        assertThat(wire.channel.isOpen()).isFalse();
    }

    @Test
    void withoutAHelloWithin10SecondsItIs4010WhateverElseComes() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            for (int i = 0; i < 10; i++) {
                wire.pass(seconds(1));
                assertThat(wire.channel.isOpen()).isTrue();
                wire.receive(HEARTBEAT);
            }
            wire.pass(seconds(1));
            endsWith(wire, 4010);
        }
        assertThat(handler.told()).isEmpty();
    }

    @Test
    void aBarePeerIsNeverPingedAndIsIdleAfter60Seconds() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(data("hi"));
            wire.pass(seconds(60));
            assertThat(wire.sent()).isEmpty();
            wire.pass(seconds(0.5));
            endsWith(wire, 4505);
        }
        assertThat(handler.told()).endsWith("closed 4505");
    }

    @Test
    void aBarePeerThatOnlyListensIsNotIdle() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(data("hi"));
            for (int i = 0; i < 5; i++) {
                wire.pass(seconds(40));
                wire.link.offer(Message.text("news"));
                assertThat(wire.sent()).containsExactly(data("news"));
            }
            assertThat(wire.link.state()).isEqualTo(SessionState.OPEN);
        }
    }

    @Test
    void inSessionModeASilentPeerIsPingedAt25SecondsAndWhatItAnswersKeepsItAlive() {
        try (ServerWire wire = ServerWire.inline(handler).greet()) {
            for (int round = 0; round < 5; round++) {
                wire.pass(seconds(25));
                assertThat(wire.sent()).isEmpty();
                wire.pass(seconds(0.5));
                assertThat(wire.sent()).containsExactly(PING);
                wire.receive(PONG);
            }
            assertThat(wire.link.state()).isEqualTo(SessionState.OPEN);
        }
    }

    @Test
    void inSessionModeAPeerThatAnswersNoPingIsGoneAfter60SecondsWhateverWeSend() {
        try (ServerWire wire = ServerWire.inline(handler).greet()) {
            for (int i = 0; i < 60; i++) {
                wire.link.offer(Message.text("tick"));
                wire.pass(seconds(1));
                assertThat(wire.channel.isOpen()).isTrue();
            }
            assertThat(wire.sent()).filteredOn(PING::equals).hasSize(2);
            wire.pass(seconds(1));
            endsWith(wire, 4505);
        }
    }

    @Test
    void aFrameNotFinishedIn30SecondsIs4004HoweverItTrickles() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            wire.receive(data("hi"));
            byte[] frame = ServerWire.frames(data(100));
            for (int i = 0; i < 31; i++) {
                wire.channel.read(frame[i]);
                assertThat(wire.channel.isOpen()).isTrue();
                wire.pass(seconds(1));
            }
            endsWith(wire, 4004);
        }
    }

    @Test
    void framesThatGetDoneAreNotUnfinishedThoughTheNextHasBegun() {
        try (ServerWire wire = ServerWire.inline(handler)) {
            byte[] frame = ServerWire.frames(data("x"));
            wire.channel.read(frame[0]);
            for (int i = 0; i < 10; i++) {
                wire.pass(seconds(9));
                byte[] restAndFirst = new byte[frame.length];
                System.arraycopy(frame, 1, restAndFirst, 0, frame.length - 1);
                restAndFirst[frame.length - 1] = frame[0];
                wire.channel.read(restAndFirst);
            }
            assertThat(handler.told()).hasSize(11);
            assertThat(wire.channel.isOpen()).isTrue();
        }
    }

    @Test
    void aPeerThatTakesNothingFor10SecondsIsCut() {
        try (ServerWire wire = ServerWire.inline(handler).greet()) {
            wire.channel.refuse();
            wire.link.offer(Message.text("x".repeat(1000)));
            wire.channel.runPendingTasks();
            wire.pass(seconds(10));
            assertThat(wire.channel.isOpen()).isTrue();
            wire.pass(seconds(1.5));
            assertThat(wire.channel.isOpen()).isFalse();
        }
        assertThat(handler.told()).containsExactly("opened", "closed 4503");
    }

    @Test
    void aPeerThatTakesALittleNowAndThenIsNotCut() {
        try (ServerWire wire = ServerWire.inline(handler).greet()) {
            wire.channel.refuse();
            wire.link.offer(Message.text("x".repeat(1000)));
            for (int i = 0; i < 6; i++) {
                wire.pass(seconds(9));
                wire.receive(HEARTBEAT);
                wire.channel.take(7);
            }
            assertThat(wire.channel.isOpen()).isTrue();
            wire.channel.takeAgain();
            assertThat(wire.sent()).contains(data(1000));
        }
    }

    @Test
    void aPeerThatReadsAgainInTheLastMomentHearsThatItWasTooSlow() {
        try (ServerWire wire = ServerWire.inline(handler).greet()) {
            wire.channel.refuse();
            wire.link.offer(Message.text("x"));
            wire.channel.runPendingTasks();
            wire.pass(seconds(11));
            assertThat(wire.link.state()).isEqualTo(SessionState.CLOSING);
            wire.channel.takeAgain();
            endsWith(wire, 4503);
        }
    }

    @Test
    void whileWeDoNotReadThePeersSilenceIsOurs() {
        try (ServerWire wire = ServerWire.queued(handler)) {
            for (int i = 0; i < 64; i++) wire.receive(data("m"));
            byte[] frame = ServerWire.frames(data("the 65th"));
            wire.channel.read(Arrays.copyOf(frame, 12));
            assertThat(wire.isReading()).isFalse();
            wire.pass(seconds(200));
            assertThat(wire.link.state()).isEqualTo(SessionState.OPEN);
            wire.dispatcher.runAll();
            wire.channel.runPendingTasks();
            assertThat(wire.isReading()).isTrue();
            wire.pass(seconds(29));
            assertThat(wire.link.state()).isEqualTo(SessionState.OPEN);
        }
    }
}
