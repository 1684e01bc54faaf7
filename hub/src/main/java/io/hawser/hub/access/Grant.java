package io.hawser.hub.access;

import io.hawser.cluster.TopicPattern;
import java.util.List;
import java.util.Set;

/// What some users may do.
///
/// @param users their names; `*` is everyone who is authenticated
/// @param actions what they may do
/// @param topics to which topics, as patterns of subscriptions; a segment `{user}` is the name of the user
public record Grant(Set<String> users, Set<Action> actions, List<String> topics) {
    static final String EVERYONE = "*";
    static final String USER = "{user}";

    public Grant {
        users = Set.copyOf(users);
        actions = Set.copyOf(actions);
        topics = List.copyOf(topics);
        if (users.isEmpty()) throw new IllegalArgumentException("users: at least one, or *");
        if (actions.isEmpty()) throw new IllegalArgumentException("actions: at least one");
        for (String topic : topics) {
            var _ = TopicPattern.of(topic.replace(USER, "u"));
        }
        if (topics.isEmpty() && actions.stream().anyMatch(Action::hasTopic)) {
            throw new IllegalArgumentException("topics: at least one pattern, for " + actions);
        }
    }

    /// What everyone who is authenticated may do.
    public static Grant toEveryone(Set<Action> actions, String... topics) {
        return new Grant(Set.of(EVERYONE), actions, List.of(topics));
    }

    boolean isFor(String user) {
        return users.contains(user) || users.contains(EVERYONE);
    }
}
