package io.hawser.hub.alerts;

import io.hawser.config.HttpClientSettings;
import java.util.List;

/// What a hub tells of, and how it posts that.
///
/// @param rules default none
/// @param http for webhooks: how long one attempt may take
public record AlertConfig(List<AlertRule> rules, HttpClientSettings http) {
    private static final AlertConfig DEFAULTS = new AlertConfig(List.of(), HttpClientSettings.defaults());

    public AlertConfig {
        rules = List.copyOf(rules);
    }

    public static AlertConfig defaults() {
        return DEFAULTS;
    }

    public AlertConfig withRules(AlertRule... changed) {
        return new AlertConfig(List.of(changed), http);
    }

    public AlertConfig withHttp(HttpClientSettings changed) {
        return new AlertConfig(rules, changed);
    }
}
