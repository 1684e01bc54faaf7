package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Member;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the hubs of a cluster ask each other: to bring a message to a session, or to all of them, to
/// disconnect one, to hand one over, and to take one.
///
/// Shape: a question is a list in CBOR of its name and its parts.
///
/// Thread: safe from any; nothing waits.
final class NodeCalls implements NodeHandler {
    private static final String SESSIONS = "$session.";

    /// What a node says that is asked for a session.
    ///
    /// @param state of it, if it had it
    /// @param movedTo the node that it has given it to
    record Taken(Optional<PeerState> state, Optional<String> movedTo) {}

    private final Backplane backplane;
    private final Peers peers;

    NodeCalls(Backplane backplane, Peers peers) {
        this.backplane = backplane;
        this.peers = peers;
    }

    Registration register() {
        return backplane.nodes().answer(this);
    }

    /// The topic that says where a session is.
    static Topic place(String sid) {
        return Topic.of(SESSIONS + sid);
    }

    private boolean isOther(String node) {
        return !node.equals(backplane.nodes().name());
    }

    List<String> others() {
        return backplane.nodes().names().stream().filter(this::isOther).toList();
    }

    /// The other nodes that say that they have a session of hawser.v1.
    Stream<String> nodesOf(String sid) {
        Topic place;
        try {
            place = place(sid);
        } catch (IllegalArgumentException e) {
            return Stream.empty();
        }
        return backplane.presence().members(place).stream().map(Member::node).filter(this::isOther);
    }

    /// Asks the node that has a session; all of them if that one has it no longer, or if no node says that it
    /// has it, as of a peer that knows no protocol.
    private <T> CompletableFuture<T> askAbout(
            String sid, Bytes question, Function<String, T> read, T none, BinaryOperator<T> better) {
        Optional<String> node = nodesOf(sid).findFirst();
        if (node.isPresent()) {
            return backplane
                    .nodes()
                    .ask(node.get(), question)
                    .thenApply(answer -> read.apply(answer.toUtf8()))
                    .thenCompose(said -> said.equals(none)
                            ? askAll(question, read, none, better)
                            : CompletableFuture.completedFuture(said));
        }
        return askAll(question, read, none, better);
    }

    /// Asks every other node; those that do not answer have nothing to say.
    private <T> CompletableFuture<T> askAll(Bytes question, Function<String, T> read, T none, BinaryOperator<T> both) {
        List<CompletableFuture<T>> answers = new ArrayList<>();
        for (String node : others()) {
            answers.add(backplane
                    .nodes()
                    .ask(node, question)
                    .thenApply(answer -> read.apply(answer.toUtf8()))
                    .exceptionally(failure -> none));
        }
        CompletableFuture<T> all = CompletableFuture.completedFuture(none);
        for (CompletableFuture<T> answer : answers) all = all.thenCombine(answer, both);
        return all;
    }

    /// Brings a direct message to a session on another node.
    CompletableFuture<Brought> send(String sid, Bytes signed, String mid) {
        Bytes question = CborWriter.create()
                .list(4)
                .text("send")
                .text(sid)
                .bytes(signed)
                .text(mid)
                .toBytes();
        return askAbout(
                sid,
                question,
                Brought::valueOf,
                Brought.NO_SESSION,
                (one, other) -> one == Brought.NO_SESSION ? other : one);
    }

    /// Disconnects a session on another node.
    ///
    /// @return false if there is none
    CompletableFuture<Boolean> disconnect(String sid) {
        Bytes question = CborWriter.create().list(2).text("kick").text(sid).toBytes();
        return askAbout(sid, question, Boolean::parseBoolean, false, Boolean::logicalOr);
    }

    /// Brings a message to every session of every other node; those that do not answer count none.
    CompletableFuture<Integer> broadcast(Bytes signed) {
        Bytes question = CborWriter.create().list(2).text("bcast").bytes(signed).toBytes();
        return askAll(question, Integer::parseInt, 0, Integer::sum);
    }

    /// Asks a node for the session of a token.
    CompletableFuture<Taken> take(String node, ResumeTokens.Claim claim) {
        CborWriter question = CborWriter.create().list(4).text("take");
        question.text(claim.sid()).text(claim.user()).integer(claim.generation());
        return backplane.nodes().ask(node, question.toBytes()).thenApply(NodeCalls::taken);
    }

    private static Taken taken(Bytes answer) {
        if (answer.isEmpty()) return new Taken(Optional.empty(), Optional.empty());
        CborReader in = CborReader.of(answer, Notation.MAX_DEPTH);
        in.enterList();
        if (in.readText().equals("moved")) return new Taken(Optional.empty(), Optional.of(in.readText()));
        return new Taken(Optional.of(PeerState.parse(in.readBytes())), Optional.empty());
    }

    /// Gives a session to another node, which keeps it until its client comes back.
    ///
    /// @return whether it was taken
    CompletableFuture<Boolean> give(String node, String sid, PeerState state) {
        Bytes question = CborWriter.create()
                .list(3)
                .text("give")
                .text(sid)
                .bytes(state.encoded())
                .toBytes();
        return backplane.nodes().ask(node, question).thenApply(answer -> Boolean.parseBoolean(answer.toUtf8()));
    }

    /// Whether a node is not about to go.
    CompletableFuture<Boolean> stays(String node) {
        Bytes question = CborWriter.create().list(1).text("stay").toBytes();
        return backplane.nodes().ask(node, question).thenApply(answer -> Boolean.parseBoolean(answer.toUtf8()));
    }

    /// Whether any other node is not about to go; those that do not answer are not waited for once one has.
    CompletableFuture<Boolean> hasOthers() {
        CompletableFuture<Boolean> any = new CompletableFuture<>();
        CompletableFuture<Boolean> all = CompletableFuture.completedFuture(false);
        for (String node : others()) {
            CompletableFuture<Boolean> one = stays(node).exceptionally(failure -> false);
            var _ = one.thenAccept(stays -> {
                if (stays) any.complete(true);
            });
            all = all.thenCombine(one, Boolean::logicalOr);
        }
        var _ = all.thenAccept(any::complete);
        return any;
    }

    @Override
    public CompletableFuture<Bytes> answer(String from, Bytes request) {
        CborReader in = CborReader.of(request, Notation.MAX_DEPTH);
        in.enterList();
        String name = in.readText();
        return CompletableFuture.completedFuture(
                switch (name) {
                    case "send" ->
                        Bytes.ofUtf8(peers.bring(in.readText(), in.readBytes(), in.readText())
                                .name());
                    case "bcast" -> Bytes.ofUtf8(Integer.toString(broughtToAll(in.readBytes())));
                    case "kick" -> Bytes.ofUtf8(Boolean.toString(peers.disconnect(in.readText())));
                    case "take" -> handOver(from, in.readText(), in.readText(), in.readInteger());
                    case "give" -> Bytes.ofUtf8(Boolean.toString(peers.given(in.readText(), in.readBytes())));
                    case "stay" -> Bytes.ofUtf8(Boolean.toString(!peers.isLeaving()));
                    default -> throw in.malformed("no question " + name, "hawser.v1, between nodes");
                });
    }

    private int broughtToAll(Bytes signed) {
        return peers.offerAll(signed, Payload.of(signed));
    }

    private Bytes handOver(String to, String sid, String user, long generation) {
        ResumeTokens.Claim claim = new ResumeTokens.Claim(peers.node(), sid, user, generation);
        Optional<PeerState> state = peers.handOver(claim, to);
        if (state.isPresent()) {
            return CborWriter.create()
                    .list(2)
                    .text("state")
                    .bytes(state.get().encoded())
                    .toBytes();
        }
        return peers.movedTo(sid)
                .map(node ->
                        CborWriter.create().list(2).text("moved").text(node).toBytes())
                .orElse(Bytes.EMPTY);
    }
}
