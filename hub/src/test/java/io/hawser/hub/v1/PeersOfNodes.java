package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.BackplaneStatus;
import io.hawser.cluster.History;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.Member;
import io.hawser.cluster.NodeHandler;
import io.hawser.cluster.Nodes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Publication;
import io.hawser.cluster.Published;
import io.hawser.cluster.Registration;
import io.hawser.cluster.Subscriptions;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicRules;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.topic.LocalPresence;
import io.hawser.session.Sessions;
import io.hawser.testkit.FakeTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The peers of several nodes in one process, which hear each other at once.
final class PeersOfNodes implements AutoCloseable {
    private static final Bytes KEY = Bytes.ofUtf8("the key of the cluster");

    final FakeTime time = new FakeTime();
    private final LocalBackplane topics = LocalBackplane.start("all", TopicRules.defaults());
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Set<String> refusing = new HashSet<>();
    private boolean isPresenceLate;
    private boolean isHistoryHeld;

    /// From now on no history is answered.
    void holdHistory() {
        isHistoryHeld = true;
    }

    /// It says that it stays, and takes no session.
    void refuseGifts(String name) {
        refusing.add(name);
    }

    /// From now on no node hears from another who is where.
    void delayPresence() {
        isPresenceLate = true;
    }

    Peers start(String name) {
        return start(name, Optional.empty());
    }

    Peers start(String name, Optional<Sessions> sessions) {
        Node node = new Node(name);
        nodes.put(name, node);
        Peers peers = new Peers(node, Subscriptions.over(node), KEY, time, () -> sessions);
        node.peers = peers;
        return peers;
    }

    /// It is gone, without a word.
    void kill(String name) {
        nodes.remove(name);
    }

    @Override
    public void close() {
        for (Node node : List.copyOf(nodes.values())) {
            Peers peers = node.peers;
            if (peers != null) peers.close();
        }
        topics.close();
    }

    private final class Node implements Backplane, Nodes, Presence {
        private final String name;
        private final LocalPresence present;
        private @Nullable NodeHandler handler;
        private @Nullable Peers peers;

        Node(String name) {
            this.name = name;
            this.present = new LocalPresence(name);
        }

        @Override
        public TopicRules rules() {
            return topics.rules();
        }

        @Override
        public CompletableFuture<Published> publish(Publication publication) {
            return topics.publish(publication);
        }

        @Override
        public Registration listen(BackplaneListener listener) {
            return topics.listen(listener);
        }

        @Override
        public CompletableFuture<History> history(Topic topic, Optional<Position> after, int limit) {
            return isHistoryHeld ? new CompletableFuture<>() : topics.history(topic, after, limit);
        }

        @Override
        public List<Topic> topics(String after, int limit) {
            return topics.topics(after, limit);
        }

        @Override
        public Presence presence() {
            return this;
        }

        @Override
        public void join(Topic topic, String session, String client) {
            present.join(topic, session, client);
        }

        @Override
        public void leave(Topic topic, String session) {
            present.leave(topic, session);
        }

        @Override
        public List<Member> members(Topic topic) {
            List<Member> members = new ArrayList<>();
            for (Node node : nodes.values()) {
                if (!isPresenceLate || node == this) members.addAll(node.present.members(topic));
            }
            members.sort(Comparator.comparing(Member::session));
            return members;
        }

        @Override
        public Nodes nodes() {
            return this;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Set<String> names() {
            return Set.copyOf(nodes.keySet());
        }

        @Override
        public CompletableFuture<Bytes> ask(String node, Bytes request) {
            Node asked = nodes.get(node);
            NodeHandler answers = asked == null ? null : asked.handler;
            if (answers == null) return CompletableFuture.failedFuture(new Rejected("no node " + node, null));
            if (refusing.contains(node) && isGift(request)) {
                return CompletableFuture.completedFuture(Bytes.ofUtf8("false"));
            }
            return answers.answer(name, request);
        }

        private static boolean isGift(Bytes request) {
            CborReader in = CborReader.of(request, Notation.MAX_DEPTH);
            in.enterList();
            return in.readText().equals("give");
        }

        @Override
        public Registration answer(NodeHandler answers) {
            handler = answers;
            return () -> {};
        }

        @Override
        public BackplaneStatus status() {
            return topics.status();
        }

        @Override
        public void close() {}
    }
}
