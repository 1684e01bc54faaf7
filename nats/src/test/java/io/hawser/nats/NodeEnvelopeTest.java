package io.hawser.nats;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.nats.NodeEnvelope.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeEnvelopeTest {
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
