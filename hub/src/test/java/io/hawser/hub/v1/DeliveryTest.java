package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Who knows no protocol is reached from every node, too.
final class DeliveryTest {
    private static final Sender ANN = new Sender("s1", "ann");

    private final ScriptedSession here = new ScriptedSession("bare-a", false);
    private final ScriptedSession there = new ScriptedSession("bare-b", false);
    private final ScriptedSession greeted = new ScriptedSession("greeted", true);
    private final PeersOfNodes nodes = new PeersOfNodes();
    private final Peers a = nodes.start("a", Optional.of(ScriptedSessions.of(here)));
    private final Peers b = nodes.start("b", Optional.of(ScriptedSessions.of(there, greeted)));
    private final Delivery delivery = new Delivery(a);

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aTextReachesABarePeerOfAnyNode() {
        assertThat(delivery.bring("bare-a", ANN, Payload.text("one"), "").join())
                .isEqualTo(Brought.YES);
        assertThat(delivery.bring("bare-b", ANN, Payload.text("two"), "").join())
                .isEqualTo(Brought.YES);
        Payload bytes = Payload.bytes(Bytes.ofUtf8("three"));
        assertThat(delivery.bring("bare-b", ANN, bytes, "").join()).isEqualTo(Brought.YES);
        assertThat(here.texts()).containsExactly("one");
        assertThat(there.texts()).containsExactly("two", "three");
        assertThat(there.sent.getLast().isText()).isFalse();
    }

    @Test
    void whatIsNeitherTextNorBytesIsRefusedForBarePeersOfAnyNode() {
        Payload value = Payload.json(Bytes.ofUtf8("{\"a\":1}"));
        assertThat(delivery.bring("bare-a", ANN, value, "").join()).isEqualTo(Brought.NO_FORM);
        assertThat(delivery.bring("bare-b", ANN, value, "").join()).isEqualTo(Brought.NO_FORM);
        assertThat(there.sent).isEmpty();
    }

    @Test
    void whoIsNowhereIsNotFound() {
        assertThat(delivery.bring("nobody", ANN, Payload.text("one"), "").join())
                .isEqualTo(Brought.NO_SESSION);
        assertThat(delivery.bring("greeted", ANN, Payload.text("one"), "").join())
                .as("a connection of hawser.v1 is reached as the session that it belongs to")
                .isEqualTo(Brought.NO_SESSION);
        nodes.kill("b");
        assertThat(delivery.bring("bare-b", ANN, Payload.text("one"), "").join())
                .isEqualTo(Brought.NO_SESSION);
    }

    @Test
    void allMeansThoseOfEveryNodeOnce() {
        assertThat(delivery.bringAll(ANN, Payload.text("all")).join()).isEqualTo(2);
        assertThat(here.texts()).containsExactly("all");
        assertThat(there.texts()).containsExactly("all");
        assertThat(greeted.sent).isEmpty();
        assertThat(delivery.bringAll(ANN, Payload.json(Bytes.ofUtf8("[1]"))).join())
                .isZero();
    }

    @Test
    void aBarePeerOfAnotherNodeIsDisconnected() {
        assertThat(a.disconnectAnywhere("bare-b").join()).isTrue();
        assertThat(there.ended).isEqualTo(Peers.DISCONNECTED);
        assertThat(a.disconnectAnywhere("nobody").join()).isFalse();
        assertThat(b.count()).isZero();
    }
}
