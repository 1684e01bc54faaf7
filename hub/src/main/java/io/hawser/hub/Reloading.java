package io.hawser.hub;

import io.hawser.Tls;
import io.hawser.TlsIdentity;
import io.hawser.nats.NatsConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/// What differs between the configuration of a running hub and another one.
///
/// Names are those of the file.
///
/// @param started what the hub was started with
/// @param before what is in force now of what can change
record Reloading(HubConfig started, HubConfig before, HubConfig after) {
    /// What cannot change while it runs, by how it is seen to differ.
    private static final Map<String, Function<HubConfig, Object>> FIXED = fixed();

    private static Map<String, Function<HubConfig, Object>> fixed() {
        Map<String, Function<HubConfig, Object>> fixed = new LinkedHashMap<>();
        fixed.put("hub.listen", config -> config.listen().endpoint());
        fixed.put("hub.server.tls", Reloading::tls);
        fixed.put("hub.server.node", HubConfig::node);
        fixed.put("hub.server.bare", HubConfig::bareMode);
        fixed.put("hub.server.handlers", config -> config.protocols().handlers());
        fixed.put("hub.server.http", config -> config.protocols().http());
        fixed.put("the admin token", config -> config.access().adminToken());
        fixed.put("network.protection", config -> config.listen().protection());
        fixed.put("hub.auth", config -> config.access().auth());
        fixed.put("hub.server.names", config -> config.access().names());
        fixed.put("hub.server.origins", config -> config.access().origins());
        fixed.put("hub.nats", config -> config.cluster().nats().map(Reloading::nats));
        fixed.put(
                "network.http",
                config -> List.of(config.alerts().http(), config.sites().http()));
        fixed.put("network.io", HubConfig::io);
        fixed.put(
                "network.websocket.heartbeat_interval",
                config -> config.protocols().messaging().session().pingAfter());
        fixed.put("network.websocket.compression", config -> config.protocols().compression());
        fixed.put(
                "network.messaging.message_size_limit",
                config -> config.protocols().messaging().maxMessageBytes());
        return fixed;
    }

    /// A certificate that is made at the start is another one each time, and no change.
    private static Object tls(HubConfig config) {
        Optional<Tls> tls = config.listen().tls();
        Optional<TlsIdentity> files = tls.flatMap(Tls::identity).filter(TlsIdentity.PemFiles.class::isInstance);
        return List.of(
                tls.isPresent(),
                files,
                tls.map(Tls::trust),
                tls.map(Tls::clientVerification),
                config.listen().isPlainAllowed());
    }

    /// A context of TLS equals only itself.
    private static Object nats(NatsConfig config) {
        return List.of(
                config.servers(),
                config.prefix(),
                config.credentials(),
                config.tls().isPresent(),
                config.isInMemory(),
                config.replicas(),
                config.key());
    }

    List<String> needRestart() {
        List<String> names = new ArrayList<>();
        FIXED.forEach((name, of) -> {
            if (!Objects.equals(of.apply(started), of.apply(after))) names.add(name);
        });
        if (topicsDiffer() && !canChangeTopics()) names.add("hub.topics");
        return names;
    }

    boolean differs(Function<HubConfig, ?> of) {
        return !Objects.equals(of.apply(before), of.apply(after));
    }

    boolean topicsDiffer() {
        return differs(config -> config.cluster().topics());
    }

    /// The history of a cluster is kept by the rules of all of its nodes; and who follows a topic counts on
    /// its class.
    boolean canChangeTopics() {
        return before.cluster().nats().isEmpty()
                && after.cluster().topics().hasClassesOf(before.cluster().topics());
    }
}
