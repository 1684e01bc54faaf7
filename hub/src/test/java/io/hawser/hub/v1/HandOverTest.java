package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.Offer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Sessions that go from node to node.
final class HandOverTest {
    private static final Bytes ONE = Payload.text("one").signed(new Sender("s0", ""));

    private final PeersOfNodes nodes = new PeersOfNodes();
    private final Peers a = nodes.start("a");
    private final Peers b = nodes.start("b");
    private final Peers c = nodes.start("c");
    private final Peer peer = a.add("s1", "client", "ann");

    @AfterEach
    void close() {
        nodes.close();
    }

    private static Peers.Resumed resume(Peers at, String token) {
        return at.resume(token, "ann", Map.of()).join();
    }

    private static Peer resumed(Peers at, String token) {
        Peers.Resumed resumed = resume(at, token);
        return Objects.requireNonNull(resumed.peer(), resumed.reason());
    }

    @Test
    void aSessionWhoseWelcomeWasLostIsFoundByTheTokenOfTheNodeThatHadIt() {
        nodes.delayPresence();
        String token = a.token(peer);
        assertThat(peer.send(ONE, "")).isEqualTo(Offer.QUEUED);
        resumed(b, token);
        assertThat(a.find("s1")).isEmpty();
        // The welcome of b is lost, and so is that of c, and that of a.
        Peer atC = resumed(c, token);
        assertThat(b.find("s1")).isEmpty();
        assertThat(resumed(a, token).handOver(Generations.FIRST).direct()).hasSize(1);
        assertThat(c.find("s1")).isEmpty();
        assertThat(atC.send(ONE, "")).isEqualTo(Offer.CLOSED);
    }

    @Test
    void whoComesBackToTheNodeThatHasItMeanwhileGoesOn() {
        String token = a.token(peer);
        Peer moved = resumed(b, token);
        assertThat(resumed(b, token)).isSameAs(moved);
        assertThat(b.count()).isEqualTo(1);
    }

    @Test
    void aTokenIsGoodUntilTheNextOneIsUsed() {
        String first = a.token(peer);
        String second = b.token(resumed(b, first));
        Peer moved = resumed(c, second);
        assertThat(resume(a, first)).isEqualTo(new Peers.Resumed(null, "expired"));
        assertThat(resumed(c, second)).isSameAs(moved);
    }

    @Test
    void whereANodeIsGoneItsSessionIsFoundWhereItWent() {
        String token = a.token(peer);
        resumed(b, token);
        nodes.kill("a");
        resumed(c, token);
    }

    @Test
    void theSessionsOfANodeThatWasKilledAreGone() {
        String token = a.token(peer);
        nodes.kill("a");
        assertThat(resume(b, token)).isEqualTo(new Peers.Resumed(null, "node"));
    }

    @Test
    void whereItWentIsForgottenAfterTheWindow() {
        nodes.delayPresence();
        String token = a.token(peer);
        resumed(b, token);
        nodes.time.advance(Peers.WINDOW);
        a.sweep();
        assertThat(a.movedTo("s1")).isEmpty();
        assertThat(resume(c, token).reason()).isEqualTo("expired");
    }

    @Test
    void aNodeThatGoesGivesWhatIsLeftToThoseThatStay() {
        for (int i = 2; i <= 200; i++) a.add("s" + i, "client", "ann");
        peer.follower.subscribe(TopicPattern.of("room.1"), Optional.empty(), new NoAnswer());
        assertThat(peer.send(ONE, "")).isEqualTo(Offer.QUEUED);
        List<String> tokens = a.all().stream().map(a::token).toList();
        a.leaving();
        c.leaving();
        assertThat(a.giveAway().join()).isEqualTo(200);
        assertThat(a.count()).isZero();
        assertThat(b.count()).as("one that goes itself takes none").isEqualTo(200);
        nodes.kill("a");
        for (String token : tokens) resumed(b, token);
        Peer given = b.find("s1").orElseThrow();
        assertThat(given.follower.count()).isEqualTo(1);
        assertThat(given.handOver(Generations.FIRST).direct()).hasSize(1);
    }

    @Test
    void whatOneNodeRefusesIsGivenToAnother() {
        for (int i = 2; i <= 200; i++) a.add("s" + i, "client", "ann");
        String token = a.token(peer);
        nodes.refuseGifts("b");
        a.leaving();
        assertThat(a.giveAway().join()).isEqualTo(200);
        assertThat(c.count()).isEqualTo(200);
        assertThat(a.movedTo("s1")).contains("c");
        resumed(b, token);
    }

    @Test
    void aDirectMessageThatIsSentAgainIsKnownWhereTheSessionGoesOn() {
        assertThat(peer.send(ONE, "m1")).isEqualTo(Offer.QUEUED);
        Peer moved = resumed(b, a.token(peer));
        assertThat(moved.send(ONE, "m1")).isEqualTo(Offer.QUEUED);
        assertThat(moved.send(ONE, "m2")).isEqualTo(Offer.QUEUED);
        assertThat(moved.handOver(Generations.FIRST).direct()).hasSize(2);
    }

    @Test
    void aLogThatWasNotJoinedYetIsNotHandedOverAsIfItHadNoPositions() {
        nodes.holdHistory();
        peer.follower.subscribe(TopicPattern.of("room.1"), Optional.empty(), new NoAnswer());
        peer.follower.subscribe(TopicPattern.of("room.*"), Optional.empty(), new NoAnswer());
        Peer moved = resumed(b, a.token(peer));
        assertThat(moved.follower.subscriptions()).containsOnlyKeys(TopicPattern.of("room.*"));
    }

    @Test
    void whatWasGivenAwayExpiresWhereItIs() {
        a.leaving();
        assertThat(a.giveAway().join()).isEqualTo(1);
        nodes.time.advance(Peers.WINDOW);
        b.sweep();
        c.sweep();
        assertThat(b.count() + c.count()).isZero();
    }

    @Test
    void whereAllGoNothingIsGiven() {
        for (Peers each : List.of(a, b, c)) each.leaving();
        assertThat(a.hasOthers().join()).isFalse();
        assertThat(a.giveAway().join()).isZero();
    }

    @Test
    void aSessionThatEndsBetweenItsResumptionAndItsConnectionIsNotAttachedTo() {
        Peer found = resumed(a, a.token(peer));
        assertThat(a.disconnectAnywhere("s1").join()).isTrue();
        ScriptedSession session = new ScriptedSession("new");
        Connection connection = session.connection(Notation.CBOR);
        assertThat(found.attach(connection, connection.replies.pong(), 0)).isFalse();
        assertThat(session.sent).isEmpty();
    }

    @Test
    void whoIsDisconnectedIsSentAwayOnWhateverNode() {
        ScriptedSession session = new ScriptedSession("s1");
        Connection connection = session.connection(Notation.CBOR);
        assertThat(peer.attach(connection, connection.replies.pong(), 0)).isTrue();
        assertThat(c.disconnectAnywhere("s1").join()).isTrue();
        assertThat(session.ended).isEqualTo(Peers.DISCONNECTED);
        assertThat(c.disconnectAnywhere("s1").join()).isFalse();
    }
}
