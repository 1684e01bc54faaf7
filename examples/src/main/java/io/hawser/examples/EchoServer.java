package io.hawser.examples;

import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.tcp.ListenConfig;

/// Sends every message back to whoever sent it. Argument: where to listen (127.0.0.1:7000).
public final class EchoServer {
    private EchoServer() {}

    static MessagingServer start(String endpoint) {
        return MessagingServer.start(
                ListenConfig.on(endpoint), MessagingConfig.defaults(), (session, message) -> session.send(message));
    }

    public static void main(String... args) {
        MessagingServer server = start(args.length > 0 ? args[0] : "127.0.0.1:7000");
        System.out.println("listening on " + server.endpoint());
        System.exit(server.run());
    }
}
