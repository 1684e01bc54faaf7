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
import org.jspecify.annotations.Nullable;

/// What the hubs of a cluster ask each other: to bring a message to a session, or to all of them, to
/// disconnect one, and to hand one over.
///
/// Shape: a question is a list in CBOR of its name and its parts.
///
/// Thread: safe from any; nothing waits.
final class NodeCalls implements NodeHandler {
    private static final String SESSIONS = "$session.";

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

    /// Brings a direct message to a session on another node.
    CompletableFuture<Brought> send(String sid, Bytes signed, String mid) {
        Optional<String> node = nodeOf(sid);
        if (node.isEmpty()) return CompletableFuture.completedFuture(Brought.NO_SESSION);
        Bytes question = CborWriter.create()
                .list(4)
                .text("send")
                .text(sid)
                .bytes(signed)
                .text(mid)
                .toBytes();
        return backplane.nodes().ask(node.get(), question).thenApply(answer -> Brought.valueOf(answer.toUtf8()));
    }

    private Optional<String> nodeOf(String sid) {
        Topic place;
        try {
            place = place(sid);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return backplane.presence().members(place).stream()
                .map(Member::node)
                .filter(this::isOther)
                .findFirst();
    }

    /// Disconnects a session on another node.
    ///
    /// @return false if there is none
    CompletableFuture<Boolean> disconnect(String sid) {
        Optional<String> node = nodeOf(sid);
        if (node.isEmpty()) return CompletableFuture.completedFuture(false);
        Bytes question = CborWriter.create().list(2).text("kick").text(sid).toBytes();
        return backplane.nodes().ask(node.get(), question).thenApply(answer -> Boolean.parseBoolean(answer.toUtf8()));
    }

    /// Brings a message to every session of every other node; those that do not answer count none.
    CompletableFuture<Integer> broadcast(Bytes signed) {
        Bytes question = CborWriter.create().list(2).text("bcast").bytes(signed).toBytes();
        CompletableFuture<Integer> total = CompletableFuture.completedFuture(0);
        List<CompletableFuture<Integer>> counts = new ArrayList<>();
        for (String node : backplane.nodes().names()) {
            if (!isOther(node)) continue;
            counts.add(backplane
                    .nodes()
                    .ask(node, question)
                    .thenApply(answer -> Integer.parseInt(answer.toUtf8()))
                    .exceptionally(failure -> 0));
        }
        for (CompletableFuture<Integer> count : counts) total = total.thenCombine(count, Integer::sum);
        return total;
    }

    /// Asks the node that a token names for its session.
    ///
    /// @return empty if it has it no more, or the token is not good any more
    CompletableFuture<Optional<PeerState>> take(ResumeTokens.Claim claim) {
        CborWriter question = CborWriter.create().list(4).text("take");
        question.text(claim.sid()).text(claim.user()).integer(claim.generation());
        return backplane
                .nodes()
                .ask(claim.node(), question.toBytes())
                .thenApply(answer -> answer.isEmpty() ? Optional.empty() : Optional.of(PeerState.parse(answer)));
    }

    @Override
    public CompletableFuture<Bytes> answer(String from, Bytes request) {
        CborReader in = CborReader.of(request, Notation.MAX_DEPTH);
        in.enterList();
        String name = in.readText();
        return CompletableFuture.completedFuture(
                switch (name) {
                    case "send" ->
                        Bytes.ofUtf8(brought(in.readText(), in.readBytes(), in.readText())
                                .name());
                    case "bcast" -> Bytes.ofUtf8(Integer.toString(peers.offerAll(in.readBytes())));
                    case "kick" -> Bytes.ofUtf8(Boolean.toString(peers.disconnect(in.readText())));
                    case "take" -> handOver(in.readText(), in.readText(), in.readInteger());
                    default -> throw in.malformed("no question " + name, "hawser.v1, between nodes");
                });
    }

    private Brought brought(String sid, Bytes signed, String mid) {
        @Nullable Peer peer = peers.find(sid).orElse(null);
        if (peer == null) return Brought.NO_SESSION;
        return switch (peer.send(signed, mid)) {
            case QUEUED -> Brought.YES;
            case DROPPED -> Brought.FULL;
            case CLOSED -> Brought.NO_SESSION;
        };
    }

    private Bytes handOver(String sid, String user, long generation) {
        return peers.handOver(new ResumeTokens.Claim(backplane.nodes().name(), sid, user, generation))
                .map(PeerState::encoded)
                .orElse(Bytes.EMPTY);
    }
}
