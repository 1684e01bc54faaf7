package io.hawser.config;

import io.hawser.http.ApiClient;
import io.hawser.io.IoConfig;
import io.hawser.tcp.ListenConfig;
import java.nio.file.Path;
import java.util.Map;

/// The section `network` of a configuration: servers, clients and threads of one process.
///
/// ```java
/// NetworkConfig network = NetworkConfig.load(Path.of("app.conf"));
/// IoThreads io = IoThreads.start(network.io());
/// ListenConfig listen = network.applyTo(ListenConfig.on("[::]:9000"));
/// ```
///
/// @param maxConnections of a server, of all protocols together
/// @param ioThreads short for `io.threads`, which counts where both are said
/// @param http clients of HTTP
/// @param websocket servers of WebSocket
/// @param messaging servers of MSGI
/// @param io event loops and task pool
/// @param apiClients clients of one API each, by name
/// @param protection of servers, against floods
public record NetworkConfig(
        int maxConnections,
        int ioThreads,
        HttpClientSettings http,
        WebSocketSettings websocket,
        MessagingSettings messaging,
        IoConfig io,
        Map<String, ApiClientSettings> apiClients,
        ProtectionSettings protection) {
    private static final NetworkConfig DEFAULTS = new NetworkConfig(
            10_000,
            0,
            HttpClientSettings.defaults(),
            WebSocketSettings.defaults(),
            MessagingSettings.defaults(),
            IoConfig.defaults(),
            Map.of(),
            ProtectionSettings.defaults());
    private static final String SECTION = "network";

    public NetworkConfig {
        if (maxConnections < 1) throw new IllegalArgumentException("maxConnections " + maxConnections + ": at least 1");
        if (ioThreads != 0 && io.threads() == 0) io = io.withThreads(ioThreads);
        apiClients = Map.copyOf(apiClients);
    }

    public static NetworkConfig defaults() {
        return DEFAULTS;
    }

    /// The section `network` of a file, with what environment variables and system properties say.
    ///
    /// @throws io.hawser.StartupFailed if it cannot be read, or does not fit
    public static NetworkConfig load(Path file) {
        return ConfigFile.of(file).read(SECTION, NetworkConfig.class).value();
    }

    /// A client of the API `name`, one of [#apiClients()]: its URL, its rate, its time, and what `http` says
    /// else.
    ///
    /// Owner: whoever opens it closes it.
    ///
    /// @throws IllegalArgumentException if there is none of that name
    public ApiClient apiClient(String name) {
        ApiClientSettings settings = apiClients.get(name);
        if (settings == null) {
            throw new IllegalArgumentException("no API client " + name + "; there are " + apiClients.keySet());
        }
        return settings.open(name, http);
    }

    /// `listen` with the limits on connections, and of addresses.
    public ListenConfig applyTo(ListenConfig listen) {
        return listen.withMaxConnections(maxConnections)
                .withMaxConnections("msgi", messaging.maxConnections())
                .withProtection(protection.toProtection());
    }
}
