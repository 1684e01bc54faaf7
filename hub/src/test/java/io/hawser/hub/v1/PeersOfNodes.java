package io.hawser.hub.v1;

import io.hawser.Bytes;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
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
    private static final List<Bytes> KEYS = List.of(Bytes.ofUtf8("the key of the cluster"));

    final FakeTime time = new FakeTime();
    private final LocalBackplane topics = LocalBackplane.start("all", TopicRules.defaults());
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Set<String> refusing = new HashSet<>();
    private final Set<String> silent = new HashSet<>();
    private final List<Runnable> held = new ArrayList<>();
    private String heldQuestions = "";
    private String heldAnswers = "";
    private String lostAnswers = "";
    private int losing;
    private int maxBytes = Integer.MAX_VALUE;
    private boolean isPresenceLate;
    private boolean isHistoryHeld;

    /// The next answers to questions of that name are lost.
    void loseAnswers(String question, int count) {
        lostAnswers = question;
        losing = count;
    }

    /// Questions of that name are on their way until [#release].
    void holdQuestions(String question) {
        heldQuestions = question;
    }

    /// The answers to questions of that name are on their way until [#release].
    void holdAnswers(String question) {
        heldAnswers = question;
    }

    /// What is on its way stays there; nothing more is held.
    void holdNoMore() {
        heldQuestions = "";
        heldAnswers = "";
    }

    /// What is on its way arrives, and nothing more is held.
    void release() {
        holdNoMore();
        List<Runnable> arriving = List.copyOf(held);
        held.clear();
        arriving.forEach(Runnable::run);
    }

    /// What is larger cannot be asked.
    void carryAtMost(int bytes) {
        maxBytes = bytes;
    }

    /// It hears what is asked, and never answers.
    void silence(String name) {
        silent.add(name);
    }

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
        return start(name, sessions, new MessageLimit(1 << 20));
    }

    Peers start(String name, Optional<Sessions> sessions, MessageLimit limit) {
        Node node = new Node(name);
        nodes.put(name, node);
        Peers peers = new Peers(node, Subscriptions.over(node), () -> KEYS, limit, time, () -> sessions);
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
            if (request.size() > maxBytes) {
                return CompletableFuture.failedFuture(
                        new LimitExceeded("max_payload", maxBytes, request.size(), Processed.NO));
            }
            String question = question(request);
            if (refusing.contains(node) && question.equals("give")) {
                return CompletableFuture.completedFuture(Bytes.ofUtf8("false"));
            }
            CompletableFuture<Bytes> answer = new CompletableFuture<>();
            Runnable arrival = () -> answers.answer(name, request).whenComplete((said, failure) -> {
                if (silent.contains(node)) return;
                Runnable arrives = () -> {
                    if (failure == null) answer.complete(said);
                    else answer.completeExceptionally(failure);
                };
                if (question.equals(heldAnswers)) held.add(arrives);
                else if (question.equals(lostAnswers) && losing-- > 0) lost(node, answer);
                else arrives.run();
            });
            if (question.equals(heldQuestions)) held.add(arrival);
            else arrival.run();
            return answer;
        }

        private static void lost(String node, CompletableFuture<Bytes> answer) {
            answer.completeExceptionally(new DeadlineExceeded("an answer of node " + node, Processed.MAYBE));
        }

        private static String question(Bytes request) {
            CborReader in = CborReader.of(request, Notation.MAX_DEPTH);
            in.enterList();
            return in.readText();
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
