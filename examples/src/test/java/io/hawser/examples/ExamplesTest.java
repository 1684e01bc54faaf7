package io.hawser.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.Deadline;
import io.hawser.Endpoint;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerLimits;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ExamplesTest {
    private static final String ANY_PORT = "127.0.0.1:0";

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void theEchoClientPrintsWhatTheEchoServerReturns() {
        try (MessagingServer server = EchoServer.start(ANY_PORT)) {
            EchoClient.run(server.endpoint(), out, "one", "zwei", "");
        }
        assertThat(printed.toString(StandardCharsets.UTF_8).lines()).containsExactly("one", "zwei", "");
    }

    @Test
    void pooledClientsGetEachAnswerOverFewConnections() {
        try (MessagingServer server = EchoServer.start(ANY_PORT)) {
            PooledClients.run(server.endpoint(), out);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).matches("100 answers over at most [1-4] connections\\R");
    }

    @Test
    void theManagedServerReachesAllAndOne() {
        try (MessagingServer server = ManagedServer.start(ANY_PORT);
                MessagingClient bob = client("bob", server)) {
            assertThat(receive(bob)).startsWith("you are ");
            try (MessagingClient ann = client("ann", server)) {
                String annId = receive(ann).substring("you are ".length());
                bob.send(Message.text("all hello there"));
                assertThat(receive(ann)).isEqualTo("bob: hello there");
                assertThat(receive(bob)).isEqualTo("bob: hello there");
                bob.send(Message.text("to " + annId + " psst: you"));
                assertThat(receive(ann)).isEqualTo("bob whispers: psst: you");
                assertThat(receive(bob)).isEqualTo("delivered");
                bob.send(Message.text("to nobody hi"));
                assertThat(receive(bob)).isEqualTo("no session nobody");
            }
            assertThat(receive(bob)).startsWith("ann left: 1000");
        }
    }

    @Test
    void theContainerServerWantsALoginAndThenAddsUp() {
        try (MessagingServer server = ContainerServer.start(ANY_PORT);
                MessagingClient client = client("c", server)) {
            Container update = Container.of("data.update")
                    .from("c", "1")
                    .to("server", "")
                    .with("name", "visits")
                    .with("add", 20L)
                    .build();
            assertThat(ask(client, update).type()).isEqualTo("error");
            Container welcome =
                    ask(client, Container.of("login").with("user", "ann").build());
            assertThat(welcome.type()).isEqualTo("welcome");
            assertThat(welcome.string("user")).isEqualTo("ann");
            assertThat(ask(client, update).int64("value")).isEqualTo(20);
            Container second = ask(client, update);
            assertThat(second.int64("value")).isEqualTo(40);
            assertThat(second.target()).isEqualTo(update.source());
            assertThat(ask(client, Container.of("other").build()).string("text"))
                    .contains("other");
        }
    }

    @Test
    void thePipelineServerTalksToWhoHasItsSecretOnly() {
        Bytes secret = Bytes.ofHex("00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        Bytes another = Bytes.ofHex("ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff");
        try (MessagingServer server = PipelineServer.start(ANY_PORT, secret)) {
            MessagingClientConfig config = MessagingClientConfig.to("p", server.endpoint());
            try (MessagingClient client = MessagingClient.open(config.withMessaging(PipelineServer.config(secret)))) {
                client.send(Message.text("secret ".repeat(1000)));
                assertThat(receive(client)).isEqualTo("secret ".repeat(1000));
            }
            try (MessagingClient client = MessagingClient.open(config.withMessaging(PipelineServer.config(another)))) {
                client.send(Message.text("let me in"));
                await().until(() -> client.lastCloseReason()
                        .filter(why -> why.code() == 4004)
                        .isPresent());
            }
        }
    }

    @Test
    void theRobustClientGoesOnWithTheOtherServer() throws InterruptedException {
        MessagingServer first = EchoServer.start(ANY_PORT);
        try (MessagingServer second = EchoServer.start(ANY_PORT)) {
            Endpoint[] servers = {first.endpoint(), second.endpoint()};
            Thread client = Thread.ofVirtual().start(() -> {
                try {
                    RobustClient.run(out, 400, Duration.ofMillis(10), servers);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            await().until(() -> printed().contains("answer: reading 3"));
            (printed().contains("connected to " + servers[0]) ? first : second).drain(Duration.ofSeconds(5));
            await().until(() -> printed()
                            .lines()
                            .filter(line -> line.startsWith("connected"))
                            .count()
                    == 2);
            await().until(() -> printed().contains("answer: reading 100"));
            client.interrupt();
            client.join();
        } finally {
            first.close();
        }
        assertThat(printed()).contains("connection ended: 4501");
    }

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private static MessagingClient client(String id, MessagingServer server) {
        return MessagingClient.open(MessagingClientConfig.to(id, server.endpoint()));
    }

    private static Container ask(MessagingClient client, Container question) {
        client.send(Message.binary(question.toCbor()));
        Message answer = Deadline.within(Duration.ofSeconds(30), client::receive);
        return Container.fromCbor(answer.bytes(), ContainerLimits.defaults());
    }

    private static String receive(MessagingClient client) {
        return Deadline.within(Duration.ofSeconds(30), client::receive).text();
    }
}
