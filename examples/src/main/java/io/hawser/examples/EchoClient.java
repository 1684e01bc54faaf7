package io.hawser.examples;

import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.session.Message;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;

/// Sends its arguments to an echo server and prints what comes back. Arguments: server (127.0.0.1:7000),
/// texts.
public final class EchoClient {
    private EchoClient() {}

    static void run(Endpoint server, PrintStream out, String... texts) {
        try (MessagingClient client = MessagingClient.open(MessagingClientConfig.to("echo-client", server))) {
            for (String text : texts) {
                client.send(Message.text(text));
                Message answer = Deadline.within(Duration.ofSeconds(5), client::receive);
                out.println(answer.text());
            }
        }
    }

    public static void main(String... args) {
        Endpoint server = Endpoint.parse(args.length > 0 ? args[0] : "127.0.0.1:7000");
        String[] texts = args.length > 1 ? Arrays.copyOfRange(args, 1, args.length) : new String[] {"hello"};
        run(server, System.out, texts);
    }
}
