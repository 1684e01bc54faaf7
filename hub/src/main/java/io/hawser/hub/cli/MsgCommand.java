package io.hawser.hub.cli;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.Tls;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.hub.msg.Conversation;
import io.hawser.hub.msg.Lines;
import io.hawser.hub.msg.MessageText;
import io.hawser.hub.msg.PipedLines;
import io.hawser.hub.msg.TerminalLines;
import io.hawser.hub.msg.TopicLines;
import io.hawser.messaging.Codec;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.session.Message;
import io.hawser.tcp.ConnectConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `./hawser msg HOST:PORT`: an MSGI client for a terminal or a pipe.
@Command(
        name = "msg",
        description = "Sends each line as a message (MSGI), and prints each message that comes as a line.",
        footer = {
            "",
            "Without --id it says no hello, and lines are sent as they are. With --id it speaks hawser.v1 with the hub:",
            "a line is said to every session, and one that begins with { is a pub, send or bcast in JSON, such as",
            "  {\"send\":{\"to\":\"SESSION\",\"d\":\"hello\"}}",
            "With --subscribe it prints the messages of topics, and publishes lines to the first of them: as JSON where they",
            "are, else as text. It comes back when its connection breaks, and misses nothing of a log.",
            "To a server that takes other messages from clients with a name, --raw sends lines as they are.",
            "Text is printed as it is, CBOR as JSON, other bytes in hexadecimal. When the input ends, it waits until",
            "as many messages have come as were sent. Exit code 1: not connected, told to go, or --count not reached."
        },
        sortOptions = false)
public final class MsgCommand implements Callable<Integer> {
    @Parameters(paramLabel = "HOST:PORT", converter = EndpointOption.class, description = "the server")
    private Endpoint server;

    @Option(names = "--id", paramLabel = "NAME", description = "say hello with this name")
    private Optional<String> id = Optional.empty();

    @Option(names = "--raw", description = "with --id: send lines as they are")
    private boolean raw;

    @Option(names = "--compress", description = "with --id: offer zstd, lz4 and deflate for frames")
    private boolean compress;

    @Option(names = "--send", paramLabel = "TEXT", description = "send this instead of lines; may be repeated")
    private List<String> texts = List.of();

    @Option(
            names = "--subscribe",
            paramLabel = "TOPIC",
            description = "print what is published there, and publish lines to the first; may be repeated")
    private List<String> topics = List.of();

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "end when N messages have come")
    private int count;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "how long to wait for messages after the last one sent: 500ms, 10s (5s)")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--tls", description = "use TLS")
    private boolean tls;

    @Option(names = "--tls-trust", paramLabel = "PEM", description = "use TLS, and trust only these certificates")
    private Optional<Path> trust = Optional.empty();

    @Spec
    private CommandSpec spec;

    private long requests;

    private MsgCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        MessagingClientConfig config = config();
        if (!topics.isEmpty()) return follow(config);
        try (Lines lines = lines(config)) {
            Conversation conversation = new Conversation(lines, count, code -> code >= 4000 && code < 4500);
            try (MessagingClient client = MessagingClient.open(config, conversation)) {
                // A read from standard input cannot be interrupted, so that thread is left behind.
                Thread.ofPlatform().daemon().name("msg-input").start(() -> sendAll(lines, conversation, client));
                return conversation.awaitEnd(timeout) ? 0 : 1;
            }
        }
    }

    private MessagingClientConfig config() {
        if (count < 0) throw new ParameterException(spec.commandLine(), "--count " + count + ": 0 or more");
        try {
            MessagingClientConfig config = MessagingClientConfig.to(id.orElse(""), server);
            if (id.isEmpty()) config = config.withBare();
            if (compress) {
                config = config.withMessaging(
                        config.messaging().withCodecs(Codec.available().toArray(Codec[]::new)));
            }
            if (tls || trust.isPresent()) {
                Tls settings = trust.map(Tls.client()::withTrust).orElseGet(Tls::client);
                config = config.withConnect(ConnectConfig.defaults().withTls(settings));
            }
            return config;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int follow(MessagingClientConfig config) throws IOException, InterruptedException {
        String scheme = config.connect().tls().isPresent() ? "msgis" : "msgi";
        HubClientConfig hub = HubClientConfig.to(scheme + "://" + server)
                .withName(id.orElse(""))
                .withConnect(config.connect());
        try (Lines lines = lines(config);
                HubClient client = HubClient.connect(hub)) {
            return new TopicLines(client, topics, lines, count).run(texts, timeout) ? 0 : 1;
        }
    }

    private Lines lines(MessagingClientConfig config) throws IOException {
        if (texts.isEmpty() && TerminalLines.isTerminal()) return TerminalLines.open();
        return new PipedLines(
                "msg", System.in, System.out, System.err, config.messaging().maxMessageBytes());
    }

    private void sendAll(Lines lines, Conversation conversation, MessagingClient client) {
        try {
            for (String text : texts) send(Bytes.ofUtf8(text), lines, conversation, client);
            if (texts.isEmpty()) {
                for (Optional<Bytes> line = lines.read(); line.isPresent(); line = lines.read()) {
                    send(line.get(), lines, conversation, client);
                }
            }
            conversation.inputEnded();
        } catch (IOException | HawserException e) {
            conversation.fail(String.valueOf(e.getMessage()));
        }
    }

    private void send(Bytes line, Lines lines, Conversation conversation, MessagingClient client) throws IOException {
        Bytes payload = line;
        if (id.isPresent() && !raw) {
            try {
                payload = MessageText.request(line, ++requests);
            } catch (IOException e) {
                if (!lines.isInteractive()) throw e;
                lines.note(String.valueOf(e.getMessage()));
                return;
            }
        }
        conversation.sending();
        client.send(Message.binary(payload));
    }
}
