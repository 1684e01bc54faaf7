package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.session.Offer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What cannot be sent to one session harms neither the others nor what comes after it.
final class UnsendableTest {
    private static final Sender ANN = new Sender("s9", "ann");
    private static final Payload SHORT = Payload.text("short");
    private static final MessageLimit SMALL = new MessageLimit(200);
    /// The whole range of numbers that an `ack` may carry.
    private static final long ANY = (1L << 53) - 1;

    private final PeersOfNodes nodes = new PeersOfNodes();
    private final Peers large = nodes.start("large");
    private final Peers small = nodes.start("small", Optional.empty(), SMALL);

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Payload text(int chars) {
        return Payload.text("x".repeat(chars));
    }

    private static Peer connected(Peers node, ScriptedSession session) {
        Peer peer = node.add(session.id(), "", "");
        attach(peer, session);
        return peer;
    }

    private static void attach(Peer peer, ScriptedSession session) {
        Connection connection = session.connection(Notation.JSON);
        assertThat(peer.attach(connection, connection.replies.pong(), 0)).isTrue();
        session.sent.clear();
    }

    @Test
    void theLimitCountsWhatTheHubAdds() {
        Topic topic = Topic.of("room." + "4".repeat(30));
        for (int chars = 0; chars <= SMALL.maxBytes(); chars++) {
            Bytes signed = text(chars).signed(ANN);
            Position at = new Position("x7", ANY, "g".repeat(64));
            Pushes pushes = new Pushes(Notation.CBOR);
            TopicMessage message = new TopicMessage(topic, at, signed, Instant.EPOCH);
            boolean fits = pushes.pub(message).size() <= SMALL.maxBytes();
            assertThat(allows(() -> SMALL.check(message)))
                    .as(chars + " characters")
                    .isEqualTo(fits);
            boolean fitsDirect = pushes.msg(ANY, signed).size() <= SMALL.maxBytes();
            assertThat(allows(() -> SMALL.checkDirect(signed)))
                    .as(chars + " characters, direct")
                    .isEqualTo(fitsDirect)
                    .isEqualTo(SMALL.allowsDirect(signed));
        }
    }

    private static boolean allows(Runnable check) {
        try {
            check.run();
            return true;
        } catch (LimitExceeded tooLarge) {
            return false;
        }
    }

    @Test
    void anAckOfMoreThanWasHandedIsPassedOver() {
        ScriptedSession session = new ScriptedSession("s1");
        Peer peer = connected(large, session);
        session.isFull = true;
        assertThat(peer.send(SHORT.signed(ANN), "")).isEqualTo(Offer.QUEUED);
        peer.acknowledged(ANY);
        session.isFull = false;
        large.sweep();
        assertThat(session.texts()).hasSize(1).first().asString().contains("\"s\":1,", "short");
        peer.acknowledged(1);
        assertThat(Objects.requireNonNull(peer.handOver()).direct()).isEmpty();
    }

    @Test
    void aDirectMessageThatIsTooLargeForTheNodeOfItsSessionIsRefused() {
        ScriptedSession session = new ScriptedSession("s1");
        Peer peer = connected(small, session);
        Delivery delivery = new Delivery(large);
        assertThat(delivery.bring("s1", ANN, text(300), "").join()).isEqualTo(Brought.TOO_LARGE);
        assertThat(delivery.bring("s1", ANN, SHORT, "").join()).isEqualTo(Brought.YES);
        assertThat(session.texts()).hasSize(1);
        assertThat(Objects.requireNonNull(peer.handOver()).lastS()).isEqualTo(1);
    }

    @Test
    void aMessageToAllThatIsTooLargeReachesNobody() {
        ScriptedSession here = new ScriptedSession("s1");
        ScriptedSession there = new ScriptedSession("s2");
        connected(small, here);
        connected(large, there);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> new Delivery(small).bringAll(ANN, text(300)).join())
                .withCauseInstanceOf(LimitExceeded.class);
        assertThat(here.sent).isEmpty();
        assertThat(there.sent).isEmpty();
        assertThat(new Delivery(large).bringAll(ANN, text(300)).join())
                .as("who is on a node that sends no message so large is not counted")
                .isEqualTo(1);
        assertThat(here.sent).isEmpty();
        assertThat(there.sent).hasSize(1);
    }

    @Test
    void whatASessionBringsThatIsTooLargeForItsNewNodeKeepsNothingBehindIt() {
        List<Unacked.Direct> direct =
                List.of(new Unacked.Direct(1, text(300).signed(ANN)), new Unacked.Direct(2, SHORT.signed(ANN)));
        PeerState state = new PeerState("", "", Generations.FIRST, 2, direct, List.of(), Map.of());
        Peer peer = Objects.requireNonNull(small.goOn("s1", state, Map.of(), () -> true));
        ScriptedSession session = new ScriptedSession("c1");
        attach(peer, session);
        peer.flushDirect();
        assertThat(session.texts()).hasSize(1).first().asString().contains("\"s\":2,", "short");
        peer.acknowledged(2);
        assertThat(peer.send(SHORT.signed(ANN), "")).isEqualTo(Offer.QUEUED);
        assertThat(Objects.requireNonNull(peer.handOver()).direct()).hasSize(1);
    }

    @Test
    void aSessionThatThrowsKeepsNoOtherFromItsTurn() {
        ScriptedSession broken = new ScriptedSession("s1");
        ScriptedSession slow = new ScriptedSession("s2");
        Peer lost = connected(large, new ScriptedSession("s3"));
        for (ScriptedSession each : List.of(broken, slow)) {
            Peer peer = connected(large, each);
            each.isFull = true;
            assertThat(peer.send(SHORT.signed(ANN), "")).isEqualTo(Offer.QUEUED);
            each.isFull = false;
        }
        broken.fault = new IllegalStateException("a fault of the connection");
        var _ = lost.leave();
        large.lost(lost);
        nodes.time.advance(Peers.WINDOW);
        large.sweep();
        assertThat(slow.texts()).hasSize(1);
        assertThat(large.find("s3")).as("its window has passed").isEmpty();
        assertThat(new Delivery(large).bringAll(ANN, SHORT).join()).isEqualTo(1);
        assertThat(slow.texts()).hasSize(2);
        broken.fault = null;
        assertThat(large.find("s1").orElseThrow().send(SHORT.signed(ANN), "")).isEqualTo(Offer.QUEUED);
        assertThat(broken.texts()).hasSize(1).first().asString().contains("\"s\":2,");
    }
}
