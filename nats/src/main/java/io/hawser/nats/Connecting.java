package io.hawser.nats;

import io.hawser.StartupFailed;
import io.hawser.internal.nats.CheckedPort;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/// How a connection to NATS is made: it finds a broker that does not answer within three seconds, and comes
/// back until the client library gives it up, see [BrokerConnection].
final class Connecting {
    private static final Duration RETRY = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    /// A broker takes subjects of 4 KiB, and says more beside them than who published.
    private static final int MAX_LINE_BYTES = 64 << 10;

    private Connecting() {}

    /// Connects, or says why not.
    ///
    /// @throws StartupFailed if the credentials cannot be used, or no server can be reached
    static Connection connect(NatsConfig config, String node, ConnectionListener listener, ErrorListener errors) {
        Options.Builder options = new Options.Builder()
                .servers(config.servers().toArray(String[]::new))
                .connectionName("hawser " + node)
                // What this node says to all is not for itself.
                .noEcho()
                .dataPortType(CheckedPort.class.getName())
                // It tries all addresses of a name, and keeps the name, which certificates are for.
                .hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs)
                .maxControlLine(MAX_LINE_BYTES)
                .maxReconnects(-1)
                .reconnectWait(RETRY)
                .reconnectJitter(RETRY)
                .connectionTimeout(TIMEOUT)
                .pingInterval(Duration.ofSeconds(1))
                .maxPingsOut(2)
                .requestCleanupInterval(Duration.ofSeconds(1))
                // What cannot be said now is refused, not kept: its publisher is told.
                .reconnectBufferSize(0)
                .connectionListener(listener)
                .errorListener(errors);
        Optional<CredentialsFile> credentials = config.credentials().map(CredentialsFile::new);
        credentials.ifPresent(CredentialsFile::check);
        credentials.ifPresent(options::authHandler);
        config.tls().ifPresent(options::sslContext);
        try {
            return Nats.connect(options.build());
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            // Without the cause, which names the servers with their passwords.
            throw new StartupFailed(
                    "no connection to NATS at " + shown(config) + ": " + withoutSecrets(String.valueOf(e.getMessage()))
                            + shown(credentials),
                    null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartupFailed("interrupted while connecting to NATS", e);
        }
    }

    /// The servers, without passwords.
    static String shown(NatsConfig config) {
        return withoutSecrets(String.join(", ", config.servers()));
    }

    /// Which credentials were shown.
    private static String shown(Optional<CredentialsFile> credentials) {
        if (credentials.isEmpty()) return "";
        CredentialsFile file = credentials.get();
        return "; shown were the credentials of " + file.path()
                + file.expiry().map(expiry -> ", which count until " + expiry).orElse("");
    }

    /// Without what stands before an `@`, which may be a password.
    private static String withoutSecrets(String text) {
        return text.replaceAll("//[^@/]*@", "//");
    }
}
