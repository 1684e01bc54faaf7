package io.hawser.hub;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.Backplane;
import io.hawser.cluster.LocalBackplane;
import io.hawser.cluster.MemoryLimits;
import io.hawser.hub.v1.Payload;
import io.hawser.nats.NatsBackplane;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Where a hub's topics are: with the hubs that it shares them with, at a broker, or in the hub itself.
///
/// @param keys of all hubs there now: the first signs what clients come back with, each verifies it
record TopicHome(Backplane backplane, Supplier<List<Bytes>> keys) {
    private static final int KEY_BYTES = 32;

    /// @throws io.hawser.StartupFailed if the broker cannot be had
    static TopicHome of(HubConfig config, Optional<Shared> shared) {
        if (shared.isPresent())
            return new TopicHome(shared.get().backplane(), always(shared.get().key()));
        ClusterConfig cluster = config.cluster();
        if (cluster.nats().isEmpty())
            return new TopicHome(LocalBackplane.start(config.node(), Hub.rules(config)), always(randomKey()));
        NatsBackplane nats = NatsBackplane.start(
                cluster.nats().get(),
                config.node(),
                Hub.rules(config),
                MemoryLimits.defaults(),
                TimeSource.system(),
                Payload::isSigned);
        return new TopicHome(nats, nats::keys);
    }

    private static Supplier<List<Bytes>> always(Bytes key) {
        List<Bytes> only = List.of(key);
        return () -> only;
    }

    private static Bytes randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Bytes.wrap(key);
    }
}
