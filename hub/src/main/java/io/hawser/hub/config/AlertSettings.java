package io.hawser.hub.config;

import io.hawser.config.Setting;
import io.hawser.hub.alerts.AlertCondition;
import io.hawser.hub.alerts.AlertRule;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// One rule of the hub's alerts.
///
/// @param when such as `error_ratio > 0.05`: a figure, `>`, `>=`, `<` or `<=`, and a number. Figures are
///     `error_ratio`, `requests`, `messages`, `refused`, `slow_readers` and `drops` a second, `loop_use`,
///     `connections`, `heap` (a share), `nodes_lost`, `broker_away`
/// @param over the time that a rate or ratio is of, or that a level has to last; at most an hour
/// @param webhook where news is posted to as JSON
public record AlertSettings(
        @Setting(required = true) AlertCondition when,
        Duration over,
        @Setting(secret = true) Optional<URI> webhook) {
    private static final AlertSettings DEFAULTS =
            new AlertSettings(AlertCondition.parse("error_ratio > 0.05"), Duration.ofMinutes(1), Optional.empty());

    public AlertSettings {
        var _ = new AlertRule("", when, over, webhook);
    }

    /// All but the condition, which has no default.
    public static AlertSettings defaults() {
        return DEFAULTS;
    }

    /// Without the webhook, whose path is often its secret.
    @Override
    public String toString() {
        return "AlertSettings[" + when + " over " + over.toSeconds() + " s]";
    }

    AlertRule toRule(String name) {
        return new AlertRule(name, when, over, webhook);
    }
}
