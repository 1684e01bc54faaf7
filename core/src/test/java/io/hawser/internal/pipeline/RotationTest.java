package io.hawser.internal.pipeline;

import static io.hawser.internal.pipeline.BoundPair.DATA;
import static io.hawser.internal.pipeline.BoundPair.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.SessionClosed;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import io.hawser.messaging.Stage;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RotationTest {
    private static final Bytes PAYLOAD = Bytes.ofUtf8("payload");

    static Stream<Named<Function<KeyRing, Stage>>> keyed() {
        return Stream.of(
                Named.of("AES-GCM", Encryption::aes256Gcm),
                Named.of("ChaCha20-Poly1305", Encryption::chaCha20Poly1305),
                Named.of("HMAC", Signing::hmacSha256));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void theKeyChangesMidStreamInEachDirectionByItself(Function<KeyRing, Stage> keyed) {
        KeyRing atClient = KeyRing.of("k1", secret(1)).add("k2", secret(2));
        KeyRing atServer = KeyRing.of("k1", secret(1)).add("k2", secret(2));
        BoundPair pair = BoundPair.of(Pipeline.of(keyed.apply(atClient)), Pipeline.of(keyed.apply(atServer)));
        assertThat(pair.toServer(PAYLOAD)).isEqualTo(PAYLOAD);
        assertThat(pair.toClient(PAYLOAD)).isEqualTo(PAYLOAD);
        atClient.rotateTo("k2");
        Bytes wire = pair.client().outbound(DATA, PAYLOAD);
        assertThat(wire.slice(0, 3)).isEqualTo(Bytes.ofHex("026b32"));
        assertThat(pair.server().inbound(DATA, wire)).isEqualTo(PAYLOAD);
        assertThat(pair.server().outbound(DATA, PAYLOAD).slice(0, 3)).isEqualTo(Bytes.ofHex("026b31"));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void messagesUnderWayWithTheOldKeyStillArriveUntilItIsRemoved(Function<KeyRing, Stage> keyed) {
        KeyRing keys = KeyRing.of("k1", secret(1)).add("k2", secret(2));
        BoundPair pair = BoundPair.of(Pipeline.of(keyed.apply(keys)));
        pair.toServer(PAYLOAD);
        Bytes old = pair.client().outbound(DATA, PAYLOAD);
        Bytes older = pair.client().outbound(DATA, PAYLOAD);
        keys.rotateTo("k2");
        assertThat(pair.server().inbound(DATA, old)).isEqualTo(PAYLOAD);
        keys.remove("k1");
        assertUnknownKey(pair, older);
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void aKeyThatIsOnlyTheSendersIsRefused(Function<KeyRing, Stage> keyed) {
        KeyRing atClient = KeyRing.of("k1", secret(1)).add("k2", secret(2));
        KeyRing atServer = KeyRing.of("k1", secret(1));
        BoundPair pair = BoundPair.of(Pipeline.of(keyed.apply(atClient)), Pipeline.of(keyed.apply(atServer)));
        atClient.rotateTo("k2");
        assertUnknownKey(pair, pair.client().outbound(DATA, PAYLOAD));
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void moreKeysThanAreKeptStillArrive(Function<KeyRing, Stage> keyed) {
        KeyRing keys = KeyRing.of("0", secret(100));
        for (int i = 1; i < 10; i++) keys.add(Integer.toString(i), secret(100 + i));
        BoundPair pair = BoundPair.of(Pipeline.of(keyed.apply(keys)));
        for (int i = 0; i < 40; i++) {
            keys.rotateTo(Integer.toString(i * 7 % 10));
            assertThat(pair.toServer(PAYLOAD)).isEqualTo(PAYLOAD);
            assertThat(pair.toClient(PAYLOAD)).isEqualTo(PAYLOAD);
        }
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void aRemovedKeyThatComesBackRepeatsNoNumber(Function<KeyRing, Stage> keyed) {
        KeyRing keys = KeyRing.of("k1", secret(1)).add("k2", secret(2));
        BoundPair pair = BoundPair.of(Pipeline.of(keyed.apply(keys)));
        Bytes first = pair.client().outbound(DATA, PAYLOAD);
        keys.rotateTo("k2");
        keys.remove("k1");
        keys.add("k1", secret(1)).rotateTo("k1");
        Bytes second = pair.client().outbound(DATA, PAYLOAD);
        assertThat(second).isNotEqualTo(first);
        assertThat(pair.server().inbound(DATA, first)).isEqualTo(PAYLOAD);
        assertThat(pair.server().inbound(DATA, second)).isEqualTo(PAYLOAD);
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void aDestroyedRingSendsAndReceivesNothing(Function<KeyRing, Stage> keyed) {
        KeyRing keys = BoundPair.keys();
        BoundPair pair = BoundPair.of(Pipeline.of(keyed.apply(keys)));
        Bytes underWay = pair.client().outbound(DATA, PAYLOAD);
        keys.destroy();
        assertUnknownKey(pair, underWay);
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("the key ring was destroyed");
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD)).isInstanceOf(SessionClosed.class);
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void keysAreDerivedAnewAtTheNextGeneration(Function<KeyRing, Stage> keyed) {
        long last = (1L << MessageKey.GENERATION_BITS) - 1;
        Pipeline pipeline = Pipeline.of(keyed.apply(BoundPair.keys()));
        BoundPair pair = BoundPair.of(pipeline, pipeline, 100, last);
        for (int i = 0; i < 3; i++) {
            assertThat(pair.toServer(PAYLOAD)).isEqualTo(PAYLOAD);
            assertThat(pair.toClient(PAYLOAD)).isEqualTo(PAYLOAD);
        }
    }

    @ParameterizedTest
    @MethodSource("keyed")
    void theLastNumberIsUsedAndNoneAfterIt(Function<KeyRing, Stage> keyed) {
        Pipeline pipeline = Pipeline.of(keyed.apply(BoundPair.keys()));
        BoundPair pair = BoundPair.of(pipeline, pipeline, 100, MessageKey.MAX_MESSAGES - 1);
        assertThat(pair.toServer(PAYLOAD)).isEqualTo(PAYLOAD);
        assertThatThrownBy(() -> pair.client().outbound(DATA, PAYLOAD))
                .isInstanceOfSatisfying(
                        LimitExceeded.class, e -> assertThat(e.allowed()).isEqualTo(1L << 50));
        assertThatThrownBy(() -> pair.server().inbound(DATA, PAYLOAD)).isInstanceOf(LimitExceeded.class);
    }

    private static void assertUnknownKey(BoundPair pair, Bytes wire) {
        assertThatThrownBy(() -> pair.server().inbound(DATA, wire))
                .isInstanceOfSatisfying(
                        ProtocolError.class, e -> assertThat(e.code()).isEqualTo(4004))
                .hasMessageContaining("unknown key id");
    }
}
