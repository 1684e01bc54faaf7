package io.hawser.internal.worker;

import io.hawser.cluster.Member;
import io.hawser.cluster.Topic;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which nodes there are, and who is present on them.
///
/// Thread: safe from any.
final class Roll {
    static final String JOINED = "joined";
    static final String LEFT = "left";
    static final String NODE = "node";

    private record Place(String node, String session) {}

    private final Set<String> nodes = ConcurrentHashMap.newKeySet();
    private final Map<Topic, Map<Place, Member>> topics = new ConcurrentHashMap<>();

    /// A change that one side tells the other.
    static ContainerBuilder joined(Topic topic, Member member) {
        return change(JOINED, topic, member.node(), member.session()).with("client", member.client());
    }

    static ContainerBuilder left(Topic topic, String node, String session) {
        return change(LEFT, topic, node, session);
    }

    private static ContainerBuilder change(String type, Topic topic, String node, String session) {
        return Container.of(type).with("topic", topic.name()).with("node", node).with("session", session);
    }

    static ContainerBuilder node(String name, boolean isThere) {
        return Container.of(NODE).with("node", name).with("there", isThere);
    }

    /// Makes the change that was told.
    void apply(Container said) {
        String node = said.string("node");
        switch (said.type()) {
            case JOINED ->
                join(Topic.of(said.string("topic")), new Member(said.string("session"), said.string("client"), node));
            case LEFT -> leave(Topic.of(said.string("topic")), node, said.string("session"));
            case NODE -> {
                if (said.bool("there")) nodes.add(node);
                else forget(node);
            }
            default -> throw new IllegalArgumentException("no change " + said.type());
        }
    }

    void join(Topic topic, Member member) {
        topics.compute(topic, (key, members) -> {
            Map<Place, Member> present = members == null ? new ConcurrentHashMap<>(4) : members;
            present.put(new Place(member.node(), member.session()), member);
            return present;
        });
    }

    void leave(Topic topic, String node, String session) {
        topics.computeIfPresent(topic, (key, members) -> {
            members.remove(new Place(node, session));
            return members.isEmpty() ? null : members;
        });
    }

    private void forget(String node) {
        nodes.remove(node);
        for (Topic topic : topics.keySet()) {
            topics.computeIfPresent(topic, (key, members) -> {
                members.keySet().removeIf(place -> place.node().equals(node));
                return members.isEmpty() ? null : members;
            });
        }
    }

    /// Forgets all but one node and who is there.
    void keepOnly(String node) {
        for (String other : new HashSet<>(nodes)) {
            if (!other.equals(node)) forget(other);
        }
    }

    Set<String> nodes() {
        return Set.copyOf(nodes);
    }

    List<Member> members(Topic topic) {
        return topics.getOrDefault(topic, Map.of()).values().stream()
                .sorted(Comparator.comparing(Member::session).thenComparing(Member::node))
                .toList();
    }

    int count(Topic topic) {
        return topics.getOrDefault(topic, Map.of()).size();
    }

    /// All of it but one node's, as changes.
    Collection<ContainerBuilder> changesWithout(String node) {
        List<ContainerBuilder> changes = new ArrayList<>();
        for (String each : nodes) {
            if (!each.equals(node)) changes.add(node(each, true));
        }
        topics.forEach((topic, members) -> members.values().forEach(member -> {
            if (!member.node().equals(node)) changes.add(joined(topic, member));
        }));
        return changes;
    }
}
