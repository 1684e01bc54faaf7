package io.hawser.examples;

import io.hawser.Bytes;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import io.hawser.tcp.ListenConfig;
import java.security.SecureRandom;

/// An echo server whose messages are compressed, signed and encrypted. Arguments: where to listen, secret in
/// hex.
public final class PipelineServer {
    private PipelineServer() {}

    /// What the clients need too: the same stages in the same order, with the same secret of 32 bytes.
    static MessagingConfig config(Bytes secret) {
        KeyRing keys = KeyRing.of("2026-11", secret.toArray());
        return MessagingConfig.defaults()
                .withPipeline(Pipeline.of(Compression.deflate(), Signing.hmacSha256(keys), Encryption.aes256Gcm(keys)));
    }

    static MessagingServer start(String endpoint, Bytes secret) {
        return MessagingServer.start(
                ListenConfig.on(endpoint), config(secret), (session, message) -> session.send(message));
    }

    public static void main(String... args) {
        String endpoint = args.length > 0 ? args[0] : "127.0.0.1:7000";
        Bytes secret = args.length > 1 ? Bytes.ofHex(args[1]) : newSecret();
        MessagingServer server = start(endpoint, secret);
        System.out.println("listening on " + server.endpoint() + ", secret " + secret.toHex());
        System.exit(server.run());
    }

    private static Bytes newSecret() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Bytes.wrap(secret);
    }
}
