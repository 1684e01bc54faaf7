package io.hawser.hub.config;

import io.hawser.cluster.TopicClass;
import io.hawser.cluster.TopicConfig;
import io.hawser.config.Setting;
import java.time.Duration;

/// What is kept of the topics whose names begin alike.
///
/// @param kind `live`: at most once, drops are told; `log`: history is kept, and recovered by position
/// @param size how many messages can be recovered
/// @param age how old a message may be to be recovered
/// @param bytes how much payload can be recovered
public record TopicSettings(@Setting(name = "class") TopicClass kind, int size, Duration age, long bytes) {
    private static final TopicSettings DEFAULTS = new TopicSettings(
            TopicConfig.log().kind(),
            TopicConfig.log().size(),
            TopicConfig.log().age(),
            TopicConfig.log().bytes());

    public TopicSettings {
        var _ = new TopicConfig(kind, size, age, bytes);
    }

    public static TopicSettings defaults() {
        return DEFAULTS;
    }

    TopicConfig toConfig() {
        return new TopicConfig(kind, size, age, bytes);
    }
}
