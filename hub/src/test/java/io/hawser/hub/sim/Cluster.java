package io.hawser.hub.sim;

import io.hawser.Bytes;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.cluster.Member;
import io.hawser.cluster.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/// What the nodes know of each other and ask each other.
final class Cluster {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long LEASE = World.millis(10_000);

    /// Of the answers of nodes to each other so many are lost.
    private static final double LOST_ANSWERS = 0.05;

    private record Present(Member member, Node node) {}

    private final World world;
    private final Map<String, Node> nodes = new TreeMap<>();
    private final Map<Topic, List<Present>> present = new TreeMap<>();

    Cluster(World world) {
        this.world = world;
    }

    void add(Node node) {
        nodes.put(node.name(), node);
    }

    List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    List<Node> live() {
        return nodes.values().stream().filter(node -> !node.isDead()).toList();
    }

    /// The names of those whose lease has not ended.
    java.util.Set<String> names() {
        java.util.Set<String> names = new java.util.TreeSet<>();
        nodes.forEach((name, node) -> {
            if (!node.isDead() || world.nanoTime() - node.diedAt() < LEASE) names.add(name);
        });
        return names;
    }

    /// The time it takes does not depend on what is asked, in which there are random tags.
    CompletableFuture<Bytes> ask(Node from, String to, Bytes request) {
        CompletableFuture<Bytes> answer = new CompletableFuture<>();
        Node asked = nodes.get(to);
        if (asked == null) return CompletableFuture.failedFuture(new Rejected("no node " + to, null));
        long out = World.millis(1) + world.random(World.millis(3), from.name() + to, request.size());
        world.after(
                out,
                () -> asked.run(() -> asked.answer(from.name(), request).whenComplete((bytes, failure) -> {
                    if (world.chance(LOST_ANSWERS, "lost answer", to + from.name())) return;
                    long back = World.millis(1) + world.random(World.millis(3), to + from.name(), request.size());
                    world.after(
                            back,
                            () -> from.run(() -> {
                                if (failure == null) answer.complete(bytes);
                                else answer.completeExceptionally(failure);
                            }));
                })));
        world.after(
                PATIENCE.toNanos(),
                () -> from.run(() -> answer.completeExceptionally(
                        new DeadlineExceeded("an answer of node " + to, Processed.MAYBE))));
        return answer;
    }

    void join(Node node, Topic topic, String session, String client) {
        leave(node, topic, session);
        present.computeIfAbsent(topic, key -> new ArrayList<>())
                .add(new Present(new Member(session, client, node.name()), node));
    }

    void leave(Node node, Topic topic, String session) {
        List<Present> there = present.get(topic);
        if (there == null) return;
        there.removeIf(each -> each.node() == node && each.member().session().equals(session));
        if (there.isEmpty()) present.remove(topic);
    }

    List<Member> members(Topic topic) {
        return present.getOrDefault(topic, List.of()).stream()
                .filter(each -> !each.node().isDead())
                .map(Present::member)
                .sorted(Comparator.comparing(Member::session))
                .toList();
    }

    /// All who are somewhere on a node that lives.
    List<Member> everyone() {
        return present.values().stream()
                .flatMap(List::stream)
                .filter(each -> !each.node().isDead())
                .map(Present::member)
                .toList();
    }
}
