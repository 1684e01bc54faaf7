package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRingTest {
    private static byte[] secret(int size) {
        byte[] secret = new byte[size];
        Arrays.fill(secret, (byte) 0x5A);
        return secret;
    }

    @Test
    void itPrintsIdsAndNoSecret() {
        KeyRing keys = KeyRing.of("new", secret(32)).add("old", secret(64));
        assertThat(keys).hasToString("KeyRing[new, old], current new");
        assertThat(Encryption.aes256Gcm(keys)).hasToString("Encryption[aes-256-gcm, " + keys + "]");
        assertThat(Signing.hmacSha256(keys)).hasToString("Signing[hmac-sha256, " + keys + "]");
        keys.destroy();
        assertThat(keys).hasToString("KeyRing[destroyed]");
    }

    @Test
    void itAddsRotatesAndRemoves() {
        KeyRing keys = KeyRing.of("a", secret(32));
        assertThat(keys.current()).isEqualTo("a");
        keys.add("b", secret(32)).rotateTo("b");
        assertThat(keys.current()).isEqualTo("b");
        assertThat(keys.ids()).containsExactlyInAnyOrder("a", "b");
        keys.remove("a");
        assertThat(keys.ids()).containsExactly("b");
    }

    @Test
    void changesThatMakeNoSenseAreRefused() {
        KeyRing keys = KeyRing.of("a", secret(32));
        assertThatThrownBy(() -> keys.add("a", secret(32))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.rotateTo("b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.remove("b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keys.remove("a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("current");
        assertThat(keys.ids()).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b", "123456789012345678901234567890123"})
    void anIdThatDoesNotFitIsRefused(String id) {
        assertThatThrownBy(() -> KeyRing.of(id, secret(32)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id: ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 1025})
    void aSecretThatIsTooShortOrTooLongIsRefused(int size) {
        assertThatThrownBy(() -> KeyRing.of("a", secret(size)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("secret of a: " + size + " bytes");
    }

    @Test
    void itHolds64KeysAndNoMore() {
        KeyRing keys = KeyRing.of("0", secret(32));
        for (int i = 1; i < 64; i++) keys.add(Integer.toString(i), secret(1024));
        assertThatThrownBy(() -> keys.add("64", secret(32))).isInstanceOf(IllegalArgumentException.class);
        keys.remove("63");
        assertThat(keys.add("64", secret(32)).ids()).hasSize(64);
    }

    @Test
    void aDestroyedRingIsEmptyAndStaysSo() {
        KeyRing keys = KeyRing.of("a", secret(32));
        assertThat(keys.isDestroyed()).isFalse();
        keys.destroy();
        keys.destroy();
        assertThat(keys.isDestroyed()).isTrue();
        assertThat(keys.ids()).isEmpty();
        assertThatThrownBy(keys::current).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keys.add("b", secret(32))).isInstanceOf(IllegalStateException.class);
    }
}
