package io.hawser.examples;

import io.hawser.Endpoint;
import io.hawser.Reconnect;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;

/// Sends a reading a second and says what became of each, whatever happens to its servers. Arguments:
/// servers.
public final class RobustClient {
    private RobustClient() {}

    /// Sends and tells.
    ///
    /// @param readings how many to send
    static void run(PrintStream out, int readings, Duration pause, Endpoint... servers) throws InterruptedException {
        MessagingClientConfig config = MessagingClientConfig.to("meter-7", servers)
                .withReconnect(Reconnect.defaults().withPauses(Duration.ofMillis(100), Duration.ofSeconds(2)))
                .withQueue(1000, 1 << 20);
        try (MessagingClient client = MessagingClient.open(config, new Telling(out))) {
            for (int reading = 1; reading <= readings; reading++) {
                Receipt receipt = client.send(Message.text("reading " + reading));
                out.println("reading " + reading + " is " + receipt.state() + ", client " + client.state());
                Thread.sleep(pause);
            }
        }
    }

    private record Telling(PrintStream out) implements SessionHandler {
        @Override
        public void opened(Session session) {
            out.println("connected to " + session.remote());
        }

        @Override
        public void message(Session session, Message message) {
            out.println("answer: " + message.text());
        }

        @Override
        public void closed(Session session, CloseReason reason) {
            out.println("connection ended: " + reason);
        }
    }

    public static void main(String... args) throws InterruptedException {
        Endpoint[] servers = args.length > 0
                ? Arrays.stream(args).map(Endpoint::parse).toArray(Endpoint[]::new)
                : new Endpoint[] {Endpoint.parse("127.0.0.1:7000"), Endpoint.parse("127.0.0.1:7001")};
        run(System.out, Integer.MAX_VALUE, Duration.ofSeconds(1), servers);
    }
}
