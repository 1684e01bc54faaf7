package io.hawser.internal.topic;

import io.hawser.cluster.Member;
import io.hawser.cluster.Presence;
import io.hawser.cluster.Topic;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Who is present on one node.
///
/// Thread: safe from any.
public final class LocalPresence implements Presence {
    private final String node;
    private final ConcurrentHashMap<Topic, Map<String, Member>> topics = new ConcurrentHashMap<>();

    public LocalPresence(String node) {
        this.node = node;
    }

    @Override
    public void join(Topic topic, String session, String client) {
        topics.compute(topic, (key, members) -> {
            Map<String, Member> present = members == null ? new ConcurrentHashMap<>(4) : members;
            present.put(session, new Member(session, client, node));
            return present;
        });
    }

    @Override
    public void leave(Topic topic, String session) {
        topics.computeIfPresent(topic, (key, members) -> {
            members.remove(session);
            return members.isEmpty() ? null : members;
        });
    }

    @Override
    public List<Member> members(Topic topic) {
        return topics.getOrDefault(topic, Map.of()).values().stream()
                .sorted(Comparator.comparing(Member::session))
                .toList();
    }

    @Override
    public int count(Topic topic) {
        return topics.getOrDefault(topic, Map.of()).size();
    }

    /// How many topics have a member.
    public int topics() {
        return topics.size();
    }
}
