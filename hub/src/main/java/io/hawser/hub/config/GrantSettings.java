package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.hub.access.Action;
import io.hawser.hub.access.Grant;
import java.util.List;
import java.util.Set;

/// Some of what users may do.
///
/// @param users their names; `*` is everyone who is authenticated
/// @param actions what they may do
/// @param topics to which topics, as patterns of subscriptions; a segment `{user}` is the name of the user
public record GrantSettings(
        @Setting(required = true) List<String> users,
        @Setting(required = true) List<Action> actions,
        List<String> topics) {
    private static final GrantSettings DEFAULTS = new GrantSettings(List.of("*"), List.of(Action.WHO), List.of(">"));

    public GrantSettings {
        var _ = new Grant(Set.copyOf(users), Set.copyOf(actions), topics);
    }

    /// All but users and actions, which have no default.
    public static GrantSettings defaults() {
        return DEFAULTS;
    }

    Grant toGrant() {
        return new Grant(Set.copyOf(users), Set.copyOf(actions), topics);
    }
}
