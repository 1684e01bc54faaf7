package io.hawser.cluster;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Which topic is kept how, by the beginning of its name; the longest prefix counts.
///
/// ```java
/// TopicRules rules = TopicRules.defaults().with("live.", TopicConfig.live());
/// ```
public final class TopicRules {
    private static final TopicRules DEFAULTS = new TopicRules(TopicConfig.log(), new TreeMap<>());

    private final TopicConfig fallback;
    private final NavigableMap<String, TopicConfig> byPrefix;

    private TopicRules(TopicConfig fallback, NavigableMap<String, TopicConfig> byPrefix) {
        this.fallback = fallback;
        this.byPrefix = byPrefix;
    }

    /// Every topic as [TopicConfig#log()].
    public static TopicRules defaults() {
        return DEFAULTS;
    }

    /// These rules with another default.
    ///
    /// @param changed for the topics that no prefix matches
    public TopicRules withDefault(TopicConfig changed) {
        return new TopicRules(changed, byPrefix);
    }

    /// These rules and one more.
    ///
    /// @param prefix how names begin, such as `live.`; not empty
    public TopicRules with(String prefix, TopicConfig config) {
        if (prefix.isEmpty())
            throw new IllegalArgumentException("prefix is empty: withDefault is for all other topics");
        NavigableMap<String, TopicConfig> more = new TreeMap<>(byPrefix);
        more.put(prefix, config);
        return new TopicRules(fallback, more);
    }

    /// What holds for `topic`.
    public TopicConfig of(Topic topic) {
        return ofName(topic.name());
    }

    private TopicConfig ofName(String name) {
        // Of the prefixes of a name the longest comes last before it; others between are cut back to what is shared.
        Map.Entry<String, TopicConfig> nearest = byPrefix.floorEntry(name);
        while (nearest != null) {
            String prefix = nearest.getKey();
            if (name.startsWith(prefix)) return nearest.getValue();
            int shared = shared(prefix, name);
            if (shared == 0) return fallback;
            nearest = byPrefix.floorEntry(name.substring(0, shared));
        }
        return fallback;
    }

    private static int shared(String a, String b) {
        int length = Math.min(a.length(), b.length());
        int at = 0;
        while (at < length && a.charAt(at) == b.charAt(at)) at++;
        return at;
    }

    /// Whether every topic is of the same class here and there.
    public boolean hasClassesOf(TopicRules other) {
        return fallback.kind() == other.fallback.kind()
                && agrees(byPrefix, other)
                && other.agrees(other.byPrefix, this);
    }

    private boolean agrees(Map<String, TopicConfig> prefixes, TopicRules other) {
        return prefixes.keySet().stream()
                .allMatch(
                        prefix -> ofName(prefix).kind() == other.ofName(prefix).kind());
    }

    /// The largest size that any topic has.
    public int maxSize() {
        int max = fallback.size();
        for (TopicConfig config : byPrefix.values()) max = Math.max(max, config.size());
        return max;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicRules that && fallback.equals(that.fallback) && byPrefix.equals(that.byPrefix);
    }

    @Override
    public int hashCode() {
        return 31 * fallback.hashCode() + byPrefix.hashCode();
    }

    @Override
    public String toString() {
        return byPrefix + " else " + fallback;
    }
}
