package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.nats.NodeEnvelope.Kind;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class NodeEnvelopeTest {
    private static final int MAC_BYTES = 32;
    private static final Bytes OLD = Bytes.ofUtf8("0123456789abcdef");
    private static final Bytes NEW = Bytes.ofUtf8("0123456789abcdeF");
    private final List<Bytes> key = List.of(OLD);
    private final NodeEnvelope said = new NodeEnvelope(
            Kind.QUESTION, 1234567890123L, Bytes.ofUtf8("0123456789012345"), "node-ä", "b", Bytes.ofUtf8("kick"));

    @Test
    void whatWasSealedComesBack() {
        assertThat(NodeEnvelope.open(said.sealed(key), key)).contains(said);
    }

    @Test
    void whatWasChangedAnywhereOrCutDoesNot() {
        byte[] sealed = said.sealed(key);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(NodeEnvelope.open(changed, key)).isEmpty();
            assertThat(NodeEnvelope.open(Arrays.copyOf(sealed, i), key)).isEmpty();
        }
    }

    @Test
    void theKeySignsThatItIsWordOfANodeWithWhatItSays() throws GeneralSecurityException {
        byte[] sealed = said.sealed(key);
        byte[] content = Arrays.copyOfRange(sealed, MAC_BYTES, sealed.length);
        assertThat(Arrays.copyOf(sealed, MAC_BYTES)).isEqualTo(mac("hawser node\0", content));
        for (String other : List.of("", "hawser resume\0", "hawser node")) {
            byte[] foreign = sealed.clone();
            System.arraycopy(mac(other, content), 0, foreign, 0, MAC_BYTES);
            assertThat(NodeEnvelope.open(foreign, key)).as(other).isEmpty();
        }
    }

    private static byte[] mac(String label, byte[] content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(OLD.toArray(), "HmacSHA256"));
        mac.update(label.getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(content);
    }

    @Test
    void whatIsSignedAndHasAnotherShapeIsNone() throws GeneralSecurityException {
        byte[] content = new byte[29];
        for (byte kind : new byte[] {0, 4, -1}) {
            content[0] = kind;
            content[26] = 1;
            byte[] sealed = Arrays.copyOf(mac("hawser node\0", content), MAC_BYTES + content.length);
            System.arraycopy(content, 0, sealed, MAC_BYTES, content.length);
            assertThat(NodeEnvelope.open(sealed, key)).isEmpty();
        }
    }

    @Test
    void anotherKeyOpensNothing() {
        assertThat(NodeEnvelope.open(said.sealed(key), List.of(NEW))).isEmpty();
    }

    @Test
    void theFirstKeySignsAndEachOpens() {
        assertThat(NodeEnvelope.open(said.sealed(key), List.of(NEW, OLD))).contains(said);
        assertThat(NodeEnvelope.open(said.sealed(List.of(NEW, OLD)), List.of(NEW)))
                .contains(said);
        assertThat(NodeEnvelope.open(said.sealed(List.of(NEW, OLD)), key)).isEmpty();
    }
}
