package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.TopicPattern;
import io.hawser.session.Offer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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

    private static List<Unacked.Direct> direct(Peer peer) {
        return Objects.requireNonNull(peer.handOver(), "over").direct();
    }

    private static CompletableFuture<Peers.Resumed> resuming(Peers at, String token) {
        return at.resume(token, "ann", Map.of());
    }

    private void assertOnlyAt(Peers owner) {
        for (Peers each : List.of(a, b, c)) {
            assertThat(each.find("s1").isPresent()).as(each.node()).isEqualTo(each.equals(owner));
        }
    }

    @Test
    void whereTheAnswerOfANodeIsLostItIsAskedOnceMoreAndStillHasTheSession() {
        String token = a.token(peer);
        assertThat(peer.send(ONE, "")).isEqualTo(Offer.QUEUED);
        nodes.loseAnswers("take", 1);
        assertThat(direct(resumed(b, token))).hasSize(1);
        assertOnlyAt(b);
    }

    @Test
    void whatWasGivenIsGivenAgainForTenSecondsToTheSameNodeForTheSameTokenOnly() {
        String token = a.token(peer);
        nodes.loseAnswers("take", 2);
        assertThat(resume(b, token)).isEqualTo(new Peers.Resumed(null, "node"));
        assertThat(resume(c, token).peer()).as("b may have it").isNull();
        nodes.time.advance(GivenStates.KEPT.minusMillis(1));
        assertThat(resumed(b, token).tokens()).isEqualTo(new Generations(1, 0));
        assertOnlyAt(b);
    }

    @Test
    void afterTenSecondsWhatWasGivenIsForgotten() {
        String token = a.token(peer);
        nodes.loseAnswers("take", 2);
        assertThat(resume(b, token).reason()).isEqualTo("node");
        nodes.time.advance(GivenStates.KEPT);
        assertThat(resume(b, token).reason()).isEqualTo("expired");
    }

    @Test
    void aSessionThatEndsWhereItHasGoneIsNotFetchedOnceMore() {
        String token = a.token(peer);
        resumed(b, token);
        assertThat(b.disconnectAnywhere("s1").join()).isTrue();
        assertThat(resume(b, token).reason()).isEqualTo("expired");
        assertThat(resume(c, token).reason()).isEqualTo("expired");
    }

    @Test
    void whatCameBackIsNotGivenAgainAsItWasBefore() {
        String token = a.token(peer);
        resumed(b, token);
        Peer back = resumed(a, token);
        assertThat(back.send(ONE, "")).isEqualTo(Offer.QUEUED);
        assertThat(direct(resumed(b, token))).hasSize(1);
        assertOnlyAt(b);
    }

    @Test
    void twoWhoComeWithOneTokenAtOnceGetOneSession() {
        String token = a.token(peer);
        nodes.holdAnswers("take");
        CompletableFuture<Peers.Resumed> first = resuming(b, token);
        CompletableFuture<Peers.Resumed> second = resuming(b, token);
        assertThat(second).isNotDone();
        nodes.release();
        assertThat(second.join().peer()).isNotNull().isSameAs(first.join().peer());
        assertOnlyAt(b);
    }

    @Test
    void aNodeThatIsAskedForASessionThatIsOnItsWayThereAnswersWhenItHasCome() {
        String token = a.token(peer);
        nodes.holdAnswers("take");
        CompletableFuture<Peers.Resumed> first = resuming(b, token);
        nodes.holdNoMore();
        CompletableFuture<Peers.Resumed> second = resuming(c, token);
        assertThat(second).isNotDone();
        nodes.release();
        assertThat(first.join().peer()).isNotNull();
        assertThat(second.join().peer()).isNotNull();
        assertOnlyAt(c);
    }

    @Test
    void aSessionThatIsBeingGivenAwayIsTakenWhereItWillBe() {
        String token = a.token(peer);
        a.leaving();
        nodes.refuseGifts("b");
        nodes.holdQuestions("give");
        CompletableFuture<Integer> given = a.giveAway();
        CompletableFuture<Peers.Resumed> resumed = resuming(b, token);
        assertThat(resumed).as("c may have it, or not yet").isNotDone();
        nodes.release();
        assertThat(given.join()).isEqualTo(1);
        assertThat(resumed.join().peer()).isNotNull();
        assertOnlyAt(b);
    }

    @Test
    void aMessageToASessionThatIsOnItsWayArrivesWithIt() {
        String token = a.token(peer);
        nodes.holdAnswers("take");
        CompletableFuture<Peers.Resumed> resumed = resuming(b, token);
        List<CompletableFuture<Brought>> brought = List.of(a, b, c).stream()
                .map(each ->
                        new Delivery(each).bring("s1", new Sender(each.node(), ""), Payload.text("psst"), each.node()))
                .toList();
        assertThat(brought).noneMatch(CompletableFuture::isDone);
        nodes.release();
        assertThat(brought).allMatch(each -> each.join() == Brought.YES);
        assertThat(direct(Objects.requireNonNull(resumed.join().peer()))).hasSize(3);
    }

    @Test
    void aMessageToASessionThatIsBeingGivenAwayArrivesWhereItIsTaken() {
        a.leaving();
        c.leaving();
        nodes.holdQuestions("give");
        CompletableFuture<Integer> given = a.giveAway();
        CompletableFuture<Brought> brought =
                new Delivery(c).bring("s1", new Sender("s0", ""), Payload.text("psst"), "m1");
        assertThat(brought).isNotDone();
        nodes.release();
        assertThat(given.join()).isEqualTo(1);
        assertThat(brought.join()).isEqualTo(Brought.YES);
        assertThat(direct(b.find("s1").orElseThrow())).hasSize(1);
    }

    @Test
    void aMessageFollowsASessionThatMovesFasterThanPresenceTells() {
        String token = a.token(peer);
        nodes.delayPresence();
        resumed(b, token);
        assertThat(new Delivery(a)
                        .bring("s1", new Sender("s0", ""), Payload.text("psst"), "m1")
                        .join())
                .isEqualTo(Brought.YES);
    }

    @Test
    void whereNobodyHasASessionAndSomebodyDoesNotAnswerItIsNotSaidThatThereIsNone() {
        nodes.loseAnswers("send", 1);
        assertThat(new Delivery(a).bring("s9", new Sender("s0", ""), Payload.text("psst"), "m1"))
                .isCompletedExceptionally();
        assertThat(new Delivery(a)
                        .bring("s9", new Sender("s0", ""), Payload.text("psst"), "m1")
                        .join())
                .isEqualTo(Brought.NO_SESSION);
    }

    @Test
    void aNodeThatDoesNotAnswerKeepsNobodyFromTakingWhatIsLeft() {
        for (int i = 2; i <= 200; i++) a.add("s" + i, "client", "ann");
        a.leaving();
        nodes.silence("b");
        assertThat(a.hasOthers().join()).isTrue();
        assertThat(a.giveAway().join()).isEqualTo(200);
        assertThat(c.count()).isEqualTo(200);
    }

    @Test
    void oneThatIsTooLargeToBeGivenKeepsNoOtherFromIt() {
        for (int i = 2; i <= 200; i++) a.add("s" + i, "client", "ann");
        assertThat(peer.send(Payload.text("x".repeat(1000)).signed(new Sender("s0", "")), ""))
                .isEqualTo(Offer.QUEUED);
        a.leaving();
        nodes.carryAtMost(1000);
        assertThat(a.giveAway().join()).isEqualTo(199);
        assertThat(b.count() + c.count()).isEqualTo(199);
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
        assertThat(direct(resumed(a, token))).hasSize(1);
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
        assertThat(a.handOvers().nodeOf("s1")).isEmpty();
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
        assertThat(direct(given)).hasSize(1);
    }

    @Test
    void whatOneNodeRefusesIsGivenToAnother() {
        for (int i = 2; i <= 200; i++) a.add("s" + i, "client", "ann");
        String token = a.token(peer);
        nodes.refuseGifts("b");
        a.leaving();
        assertThat(a.giveAway().join()).isEqualTo(200);
        assertThat(c.count()).isEqualTo(200);
        assertThat(a.handOvers().nodeOf("s1")).contains("c");
        resumed(b, token);
    }

    @Test
    void aDirectMessageThatIsSentAgainIsKnownWhereTheSessionGoesOn() {
        assertThat(peer.send(ONE, "m1")).isEqualTo(Offer.QUEUED);
        Peer moved = resumed(b, a.token(peer));
        assertThat(moved.send(ONE, "m1")).isEqualTo(Offer.QUEUED);
        assertThat(moved.send(ONE, "m2")).isEqualTo(Offer.QUEUED);
        assertThat(direct(moved)).hasSize(2);
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
