package io.hawser.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.messaging.Direction;
import io.hawser.messaging.StageContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MessageKeysTest {
    private static final int NEXT_GENERATION = 1 << MessageKey.GENERATION_BITS;

    private final Secrets secrets = Secrets.of("0", BoundPair.secret(0));
    private final MessageKeys keys = new MessageKeys(secrets, context(Direction.CLIENT_TO_SERVER, 0), "AES", true);

    private static StageContext context(Direction direction, int position) {
        Bytes label = StageBinder.label(List.of("aes-256-gcm", "aes-256-gcm"), position, direction);
        Bytes nonce = BoundPair.random(1, 32);
        return new StageContext("c", "aes-256-gcm", direction, nonce, nonce, label, 100);
    }

    @Test
    void atMostFourKeysAreKept() {
        for (int i = 1; i < 10; i++) secrets.add(Integer.toString(i), BoundPair.secret(i));
        for (int i = 0; i < 10; i++) {
            secrets.rotateTo(Integer.toString(i));
            keys.toSend(i);
            assertThat(keys.kept()).isEqualTo(Math.min(i + 1, 4));
        }
    }

    @Test
    void aKeyServesItsGenerationAndIsDroppedAtTheNext() {
        MessageKey first = keys.toSend(0);
        assertThat(keys.toSend(NEXT_GENERATION - 1)).isSameAs(first);
        MessageKey second = keys.toSend(NEXT_GENERATION);
        assertThat(second.key()).isNotEqualTo(first.key());
        assertThat(keys.kept()).isEqualTo(1);
    }

    @Test
    void noTwoDirectionsPlacesSecretsOrGenerationsShareAKey() {
        secrets.add("1", BoundPair.secret(0));
        Set<Object> distinct = new HashSet<>();
        int derived = 0;
        for (Direction direction : Direction.values()) {
            for (int position = 0; position < 2; position++) {
                for (String id : List.of("0", "1")) {
                    secrets.rotateTo(id);
                    MessageKeys own = new MessageKeys(secrets, context(direction, position), "AES", true);
                    for (long generation = 0; generation < 3; generation++) {
                        distinct.add(own.toSend(generation * NEXT_GENERATION).key());
                        derived++;
                    }
                }
            }
        }
        assertThat(distinct).hasSize(derived);
    }

    @Test
    void noNonceRepeatsUnderOneKey() {
        Set<Bytes> nonces = new HashSet<>();
        for (long i = 0; i < 5000; i++) nonces.add(Bytes.wrap(keys.toSend(i).nonce(i)));
        assertThat(nonces).hasSize(5000);
    }

    @Test
    void theKeysOfARemovedSecretGoWithTheNextMessage() {
        secrets.add("1", BoundPair.secret(1));
        keys.toSend(0);
        secrets.rotateTo("1");
        MessageKey second = keys.toSend(1);
        assertThat(keys.kept()).isEqualTo(2);
        secrets.remove("0");
        assertThat(keys.toSend(2)).isSameAs(second);
        assertThat(keys.kept()).isEqualTo(1);
    }

    @Test
    void wipedKeysAreGone() {
        keys.toSend(0);
        keys.wipe();
        assertThat(keys.kept()).isZero();
    }
}
