package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Grant;
import java.util.List;
import java.util.Set;

/// What some users may do.
///
/// @param users their names; `*` is everyone who is authenticated
/// @param actions of `subscribe`, `publish`, `send`, `bcast`, `who`, `history`
/// @param topics to which, as patterns of subscriptions; a segment `{user}` is the name of the user
public record GrantSettings(
        List<String> users, @Setting(required = true) List<Action> actions, List<String> topics) {
    private static final GrantSettings DEFAULTS = new GrantSettings(List.of("*"), List.of(), List.of(">"));

    public GrantSettings {
        users = List.copyOf(users);
        actions = List.copyOf(actions);
        topics = List.copyOf(topics);
    }

    /// To everyone and for every topic, but for the actions, which have no default.
    public static GrantSettings defaults() {
        return DEFAULTS;
    }

    Grant toGrant() {
        return new Grant(Set.copyOf(users), Set.copyOf(actions), topics);
    }
}
