package io.hawser.hub.alerts;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// A rule fires, or does so no more.
record News(String node, AlertRule rule, boolean isFiring, double value, Instant at) {
    String shortValue() {
        return String.format(Locale.ROOT, "%.3g", value);
    }

    /// What a webhook gets.
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("alert", rule.name());
        map.put("state", isFiring ? "firing" : "resolved");
        map.put("node", node);
        map.put("when", rule.when().toString());
        map.put("over_seconds", rule.over().toSeconds());
        map.put("value", value);
        map.put("at", at.toString());
        return map;
    }
}
