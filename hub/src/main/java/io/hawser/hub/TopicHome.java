package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.nats.NatsBackplane;
import java.security.SecureRandom;
import java.util.Optional;

/// Where a hub's topics are: with the hubs that it shares them with, at a broker, or in the hub itself.
///
/// @param key of all hubs there, which signs what clients come back with
record TopicHome(Backplane backplane, Bytes key) {
    private static final int KEY_BYTES = 32;

    /// @throws io.hawser.StartupFailed if the broker cannot be had
    static TopicHome of(HubConfig config, Optional<Shared> shared) {
        if (shared.isPresent())
            return new TopicHome(shared.get().backplane(), shared.get().key());
        ClusterConfig cluster = config.cluster();
        if (cluster.nats().isEmpty())
            return new TopicHome(LocalBackplane.start(config.node(), Hub.rules(config)), randomKey());
        NatsBackplane nats = NatsBackplane.start(cluster.nats().get(), config.node(), Hub.rules(config));
        return new TopicHome(nats, nats.key());
    }

    private static Bytes randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Bytes.wrap(key);
    }
}
