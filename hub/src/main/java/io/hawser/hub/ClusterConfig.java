package io.hawser.hub;

import io.hawser.cluster.TopicRules;
import io.hawser.nats.NatsConfig;
import java.util.Optional;

/// The topics of a hub, and the cluster that it belongs to.
///
/// @param topics what is kept of which topic; default a log of 128 messages for each
/// @param nats where the other hubs are to be found; by default it is alone
public record ClusterConfig(TopicRules topics, Optional<NatsConfig> nats) {
    private static final ClusterConfig DEFAULTS = new ClusterConfig(TopicRules.defaults(), Optional.empty());

    public static ClusterConfig defaults() {
        return DEFAULTS;
    }

    public ClusterConfig withTopics(TopicRules changed) {
        return new ClusterConfig(changed, nats);
    }

    public ClusterConfig withNats(NatsConfig changed) {
        return new ClusterConfig(topics, Optional.of(changed));
    }
}
