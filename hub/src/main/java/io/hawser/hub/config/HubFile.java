package io.hawser.hub.config;

import io.hawser.config.ConfigFile;
import io.hawser.config.NetworkConfig;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Protocols;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.hub.alerts.AlertConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.tcp.ListenConfig;
import java.nio.file.Path;
import java.util.Optional;

/// A whole configuration file: what every program of Hawser understands, and what the hub does.
///
/// @param network threads, servers and clients; its `api_clients` are those of other programs that read the
///     file
/// @param hub what is served, and where
public record HubFile(NetworkConfig network, HubSettings hub) {
    private static final HubFile DEFAULTS = new HubFile(NetworkConfig.defaults(), HubSettings.defaults());

    public static HubFile defaults() {
        return DEFAULTS;
    }

    /// What `file` says, or the defaults, with what environment variables and system properties say.
    public static ConfigFile source(Optional<Path> file) {
        return file.map(ConfigFile::of).orElseGet(ConfigFile::none);
    }

    /// What an operator should know of a hub that listens as `listen` says, by this file or by what counts
    /// before it: connections without TLS that others can make, though nobody has said that they may.
    public Optional<String> advice(ListenConfig listen) {
        boolean isMeant = hub.server().tls().flatMap(TlsSettings::plainAllowed).isPresent();
        if (isMeant || listen.tls().isEmpty() || !listen.isPlainAllowed()) return Optional.empty();
        if (listen.endpoint().isLoopback()) return Optional.empty();
        return Optional.of("with TLS " + listen.endpoint() + " serves connections without it too, where whoever is in"
                + " between reads tokens and messages: hub.server.tls.plain_allowed = false refuses them, and true says"
                + " that they are meant");
    }

    /// The hub that it describes.
    ///
    /// @throws IllegalArgumentException if a file that it names cannot be used
    public HubConfig toConfig() {
        ServerSettings server = hub.server();
        ListenConfig listen = network.applyTo(ListenConfig.on(hub.listen()));
        if (server.tls().isPresent()) {
            listen = listen.withTls(server.tls().get().toTls());
            if (server.tls().get().plainAllowed().orElse(true)) listen = listen.withPlainAllowed();
        }
        MessagingConfig messaging = MessagingConfig.defaults();
        messaging = messaging.withSession(messaging
                .session()
                .withLimits(server.limits().toLimits())
                .withPingAfter(network.websocket().heartbeatInterval()));
        Protocols protocols = Protocols.defaults()
                .withMessaging(network.messaging().applyTo(messaging))
                .withHttp(server.http())
                .withMaxWebSockets(network.websocket().maxConnections())
                .withCompression(network.websocket().compression())
                .withHandlers(server.handlers());
        if (server.bare().isPresent())
            protocols = protocols.withBare(server.bare().get());
        return HubConfig.on(listen)
                .withIo(network.io())
                .withProtocols(protocols)
                .withNode(server.node())
                .withCluster(hub.toCluster())
                .withSites(hub.toSites(network.http()))
                .withAlerts(new AlertConfig(hub.toRules(), network.http()))
                .withAccess(AccessConfig.defaults()
                        .withNames(server.names().toArray(String[]::new))
                        .withOrigins(server.origins().toArray(String[]::new))
                        .withAuth(hub.auth().map(AuthSettings::toConfig).orElse(AuthConfig.none())));
    }
}
