package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.Member;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Topic;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.topic.Marks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the hubs of a cluster ask each other: to bring a message to a session, or to all of them, to
/// disconnect one, to hand one over, and to take one; and what one says to its administrators.
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
    /// Names this run of the node: another one remembers nothing of what this one was given.
    private final String run = Marks.tag();

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

    /// Asks every other node; those that do not answer have nothing to say.
    private CompletableFuture<Integer> countAll(Bytes question) {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (String node : others()) {
            answers.add(backplane
                    .nodes()
                    .ask(node, question)
                    .thenApply(answer -> Integer.parseInt(answer.toUtf8()))
                    .exceptionally(failure -> 0));
        }
        CompletableFuture<Integer> all = CompletableFuture.completedFuture(0);
        for (CompletableFuture<Integer> answer : answers) all = all.thenCombine(answer, Integer::sum);
        return all;
    }

    private <T> CompletableFuture<T> askAbout(String sid, Bytes question, Function<String, T> read, T none) {
        return new SessionQuestion<>(backplane.nodes(), sid, question, read, none)
                .ask(nodesOf(sid).findFirst(), others());
    }

    /// Brings a direct message to a session on another node.
    ///
    /// Errors: those of a [SessionQuestion].
    CompletableFuture<Brought> send(String sid, Bytes signed, String mid) {
        Bytes question = CborWriter.create()
                .list(4)
                .text("send")
                .text(sid)
                .bytes(signed)
                .text(mid)
                .toBytes();
        return askAbout(sid, question, Brought::valueOf, Brought.NO_SESSION);
    }

    /// Disconnects a session on another node.
    ///
    /// Errors: those of a [SessionQuestion].
    ///
    /// @return false if there is none
    CompletableFuture<Boolean> disconnect(String sid) {
        Bytes question = CborWriter.create().list(2).text("kick").text(sid).toBytes();
        return askAbout(sid, question, Boolean::parseBoolean, false);
    }

    /// Brings a message to every session of every other node; those that do not answer count none.
    CompletableFuture<Integer> broadcast(Bytes signed) {
        Bytes question = CborWriter.create().list(2).text("bcast").bytes(signed).toBytes();
        return countAll(question);
    }

    /// Asks a node what it says at `target`.
    CompletableFuture<Bytes> read(String node, String target) {
        return backplane
                .nodes()
                .ask(node, CborWriter.create().list(2).text("read").text(target).toBytes());
    }

    /// Asks a node for the session of a token.
    CompletableFuture<Taken> take(String node, ResumeTokens.Claim claim) {
        CborWriter question = CborWriter.create().list(5).text("take");
        question.text(claim.sid())
                .text(claim.user())
                .integer(claim.generation())
                .text(run);
        return backplane.nodes().ask(node, question.toBytes()).thenApply(NodeCalls::taken);
    }

    /// Tells a node that what it has given has come; if it does not hear that, it forgets it by itself.
    void hasCome(String node, String sid) {
        Bytes word =
                CborWriter.create().list(3).text("come").text(sid).text(run).toBytes();
        var _ = backplane.nodes().ask(node, word);
    }

    /// Takes apart what [#state] and [#moved] make.
    static Taken taken(Bytes answer) {
        if (answer.isEmpty()) return new Taken(Optional.empty(), Optional.empty());
        CborReader in = CborReader.of(answer, Notation.MAX_DEPTH);
        in.enterList();
        if (in.readText().equals("moved")) return new Taken(Optional.empty(), Optional.of(in.readText()));
        return new Taken(Optional.of(PeerState.parse(in.readBytes())), Optional.empty());
    }

    /// The answer to [#take]: the session as it was.
    static Bytes state(Bytes encoded) {
        return CborWriter.create().list(2).text("state").bytes(encoded).toBytes();
    }

    /// Or where it has gone.
    static Bytes moved(String node) {
        return CborWriter.create().list(2).text("moved").text(node).toBytes();
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
        HandOvers handOvers = peers.handOvers();
        return switch (name) {
            case "send" -> {
                String sid = in.readText();
                yield handOvers
                        .bring(sid, in.readBytes(), in.readText())
                        .thenApply(brought -> said(sid, brought.name(), brought != Brought.NO_SESSION));
            }
            case "kick" -> {
                String sid = in.readText();
                yield handOvers.disconnect(sid).thenApply(isDone -> said(sid, Boolean.toString(isDone), isDone));
            }
            case "take" -> {
                ResumeTokens.Claim claim =
                        new ResumeTokens.Claim(peers.node(), in.readText(), in.readText(), in.readInteger());
                yield handOvers.take(claim, from, in.readText());
            }
            case "come" -> {
                handOvers.hasCome(in.readText(), in.readText());
                yield now("");
            }
            case "bcast" -> now(Integer.toString(broughtToAll(in.readBytes())));
            case "give" -> now(Boolean.toString(handOvers.given(in.readText(), in.readBytes())));
            case "read" -> peers.reads().apply(in.readText());
            case "stay" -> now(Boolean.toString(!peers.isLeaving()));
            default -> throw in.malformed("no question " + name, "hawser.v1, between nodes");
        };
    }

    private static CompletableFuture<Bytes> now(String word) {
        return CompletableFuture.completedFuture(Bytes.ofUtf8(word));
    }

    private Bytes said(String sid, String word, boolean isHere) {
        return SessionQuestion.answer(
                word, isHere ? Optional.empty() : peers.handOvers().nodeOf(sid));
    }

    private int broughtToAll(Bytes signed) {
        return peers.offerAll(signed, Payload.of(signed));
    }
}
