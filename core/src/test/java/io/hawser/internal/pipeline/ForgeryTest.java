package io.hawser.internal.pipeline;

import static io.hawser.internal.pipeline.BoundPair.DATA;
import static io.hawser.internal.pipeline.BoundPair.flipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.SessionClosed;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import io.hawser.messaging.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever is not the next message of this connection from the other side never comes out of the pipeline.
class ForgeryTest {
    private static final Bytes FIRST = Bytes.ofUtf8("pay 10 to alice");
    private static final Bytes SECOND = Bytes.ofUtf8("pay 20 to bobby");

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void everySingleBitFlipIsRefused(Pipeline pipeline) {
        int bits = 8 * BoundPair.of(pipeline).client().outbound(DATA, FIRST).size();
        for (int bit = 0; bit < bits; bit++) {
            BoundPair pair = BoundPair.of(pipeline);
            Bytes wire = pair.client().outbound(DATA, FIRST);
            // A length that was changed outside what is authenticated may be over the limit.
            assertRefused(pair.server(), flipped(wire, bit), "bit " + bit, 4004, 4012);
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void everyTruncationIsRefused(Pipeline pipeline) {
        int size = BoundPair.of(pipeline).client().outbound(DATA, FIRST).size();
        for (int cut = 0; cut < size; cut++) {
            BoundPair pair = BoundPair.of(pipeline);
            Bytes wire = pair.client().outbound(DATA, FIRST);
            assertRefused(pair.server(), wire.slice(0, cut), "cut after " + cut);
        }
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aByteMoreIsRefused(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        Bytes wire = pair.client().outbound(DATA, FIRST);
        assertRefused(pair.server(), Bytes.concat(wire, Bytes.ofHex("00")), "one byte more");
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aReplayIsRefused(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        Bytes wire = pair.client().outbound(DATA, FIRST);
        assertThat(pair.server().inbound(DATA, wire)).isEqualTo(FIRST);
        assertRefused(pair.server(), wire, "replay");
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aSwapOfTwoMessagesIsRefused(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        Bytes first = pair.client().outbound(DATA, FIRST);
        Bytes second = pair.client().outbound(DATA, SECOND);
        assertRefused(pair.server(), second, "swapped");
        assertThatThrownBy(() -> pair.server().inbound(DATA, first)).isInstanceOf(SessionClosed.class);
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aDroppedMessageIsNoticedAtTheNext(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        pair.toServer(FIRST);
        pair.client().outbound(DATA, SECOND);
        assertRefused(pair.server(), pair.client().outbound(DATA, FIRST), "after a drop");
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aReflectionToTheSenderIsRefused(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        assertRefused(pair.client(), pair.client().outbound(DATA, FIRST), "reflected to the client");
        assertRefused(pair.server(), BoundPair.of(pipeline).server().outbound(DATA, FIRST), "reflected to a server");
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aMessageOfAnotherConnectionIsRefused(Pipeline pipeline) {
        Bytes wire = BoundPair.of(pipeline).client().outbound(DATA, FIRST);
        assertRefused(BoundPair.of(pipeline).server(), wire, "of another connection");
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aMessageMovedToAnotherFrameTypeIsRefused(Pipeline pipeline) {
        BoundPair pair = BoundPair.of(pipeline);
        Bytes wire = pair.client().outbound(DATA, FIRST);
        ProtocolError refused =
                (ProtocolError) catchThrowable(() -> pair.server().inbound(0x0020, wire));
        assertThat(refused.code()).isEqualTo(4004);
    }

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#authenticated")
    void aPeerWithTheSameKeyIdAndAnotherSecretIsRefused(Pipeline pipeline) {
        KeyRing other = KeyRing.of("k1", BoundPair.secret(2));
        Pipeline theirs = Pipeline.of(pipeline.stages().stream()
                .map(stage -> switch (stage.name()) {
                    case "aes-256-gcm" -> Encryption.aes256Gcm(other);
                    case "chacha20-poly1305" -> Encryption.chaCha20Poly1305(other);
                    case "hmac-sha256" -> Signing.hmacSha256(other);
                    default -> stage;
                })
                .toArray(Stage[]::new));
        BoundPair pair = BoundPair.of(theirs, pipeline);
        assertRefused(pair.server(), pair.client().outbound(DATA, FIRST), "wrong secret");
    }

    @Test
    void whatIsWrongIsNotToldApart() {
        Pipeline pipeline = Pipeline.of(Encryption.aes256Gcm(BoundPair.keys()));
        BoundPair changed = BoundPair.of(pipeline);
        BoundPair replayed = BoundPair.of(pipeline);
        Bytes wire = replayed.client().outbound(DATA, FIRST);
        replayed.server().inbound(DATA, wire);
        Bytes flipped = flipped(changed.client().outbound(DATA, FIRST), 60);
        assertThat(catchThrowable(() -> changed.server().inbound(DATA, flipped)))
                .hasMessage("pipeline stage aes-256-gcm: does not authenticate (docs/PIPELINE.md)");
        assertThat(catchThrowable(() -> replayed.server().inbound(DATA, wire)))
                .hasMessage("pipeline stage aes-256-gcm: does not authenticate (docs/PIPELINE.md)");
    }

    @Test
    void afterAFailureBothDirectionsAreOver() {
        BoundPair pair = BoundPair.of(Pipeline.of(Signing.hmacSha256(BoundPair.keys())));
        assertRefused(pair.server(), Bytes.EMPTY, "empty");
        assertThatThrownBy(() -> pair.server().outbound(DATA, FIRST))
                .isInstanceOfSatisfying(
                        SessionClosed.class, e -> assertThat(e.code()).isEqualTo(4004))
                .hasMessageContaining("hmac-sha256: too short");
        pair.server().close();
        assertThatThrownBy(() -> pair.server().outbound(DATA, FIRST)).hasMessageContaining("too short");
    }

    @Test
    void aClosedBindingRefusesAndClosesOnce() {
        BoundPair pair = BoundPair.of(Pipeline.of(Encryption.chaCha20Poly1305(BoundPair.keys())));
        pair.toServer(FIRST);
        pair.server().close();
        pair.server().close();
        assertThatThrownBy(() -> pair.server().outbound(DATA, FIRST)).isInstanceOf(SessionClosed.class);
        assertThatThrownBy(() -> pair.server().inbound(DATA, FIRST)).isInstanceOf(SessionClosed.class);
    }

    private static void assertRefused(BoundPipeline receiver, Bytes wire, String what) {
        assertRefused(receiver, wire, what, 4004);
    }

    private static void assertRefused(BoundPipeline receiver, Bytes wire, String what, Integer... codes) {
        Throwable refused = catchThrowable(() -> receiver.inbound(DATA, wire));
        assertThat(refused).as(what).isInstanceOf(ProtocolError.class);
        assertThat(((ProtocolError) refused).code()).as(what).isIn((Object[]) codes);
        assertThatThrownBy(() -> receiver.inbound(DATA, wire)).as(what).isInstanceOf(SessionClosed.class);
    }
}
