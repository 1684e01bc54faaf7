package io.hawser.hub.cli;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.Reconnect;
import io.hawser.SessionClosed;
import io.hawser.Tls;
import io.hawser.http.HttpVersion;
import io.hawser.hub.http.Ask;
import io.hawser.hub.msg.Conversation;
import io.hawser.hub.msg.Lines;
import io.hawser.hub.msg.PipedLines;
import io.hawser.hub.msg.TerminalLines;
import io.hawser.session.Message;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
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

/// `./hawser ws URL`: a WebSocket client for a terminal or a pipe.
@Command(
        name = "ws",
        description = "Sends each line as a text message (WebSocket), and prints each message that comes as a line.",
        footer = {
            "",
            "Text is printed as it is, CBOR as JSON, other bytes in hexadecimal. When the input ends, it waits until",
            "as many messages have come as were sent. With --listen it reads no input, and ends when the server does.",
            "Exit code 1: not connected, told to go, or --count not reached."
        },
        sortOptions = false)
public final class WsCommand implements Callable<Integer> {
    private static final int MAX_MESSAGE_BYTES = 64 << 20;

    @Parameters(paramLabel = "URL", description = "ws://HOST:PORT/PATH, wss://... or :PORT/PATH")
    private String url = "";

    @Option(names = "--listen", description = "read no input, and print what comes until the server ends it")
    private boolean listen;

    @Option(names = "--send", paramLabel = "TEXT", description = "send this instead of lines; may be repeated")
    private List<String> texts = List.of();

    @Option(names = "--subprotocol", paramLabel = "NAME", description = "offer this; may be repeated, best first")
    private List<String> subprotocols = List.of();

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "one more field of the handshake; may be repeated")
    private List<String> headers = List.of();

    @Option(names = "--compress", description = "offer permessage-deflate")
    private boolean compress;

    @Option(names = "--h2", description = "over HTTP/2 only; without TLS, with prior knowledge")
    private boolean h2;

    @Option(names = "--count", paramLabel = "N", defaultValue = "0", description = "end when N messages have come")
    private int count;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "5s",
            converter = DurationOption.class,
            description = "how long to wait for messages after the last one sent: 500ms, 10s (5s)")
    private Duration timeout = Duration.ZERO;

    @Option(names = "--tls-trust", paramLabel = "PEM", description = "with wss: trust only these certificates")
    private Optional<Path> trust = Optional.empty();

    @Spec
    private CommandSpec spec;

    private WsCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        WebSocketClientConfig config = config();
        try (Lines lines = lines()) {
            Conversation conversation = new Conversation(lines, count, WebSockets::isFinal);
            try (WebSocket client = WebSockets.connect(config, conversation)) {
                if (!listen || !texts.isEmpty()) {
                    // A read from standard input cannot be interrupted, so that thread is left behind.
                    Thread.ofPlatform().daemon().name("ws-input").start(() -> sendAll(lines, conversation, client));
                }
                return conversation.awaitEnd(timeout) ? 0 : 1;
            } catch (SessionClosed e) {
                // What was over as soon as it had begun is no session that could not be had.
                if (!conversation.hasBegun() || !WebSockets.isFinal(e.code())) throw e;
                return conversation.awaitEnd(timeout) ? 0 : 1;
            }
        }
    }

    private WebSocketClientConfig config() {
        if (count < 0) throw new ParameterException(spec.commandLine(), "--count " + count + ": 0 or more");
        try {
            WebSocketConfig socket = WebSocketConfig.defaults()
                    .withMaxMessageBytes(MAX_MESSAGE_BYTES)
                    .withMaxFrameBytes(MAX_MESSAGE_BYTES)
                    .withSubprotocols(subprotocols.toArray(String[]::new));
            if (h2) socket = socket.withVersions(HttpVersion.HTTP_2);
            if (compress) socket = socket.withDeflate(Deflate.defaults().withTakeover(true, true));
            WebSocketClientConfig config = WebSocketClientConfig.to(Ask.whole("ws", url))
                    .withWebSocket(socket)
                    .withReconnect(Reconnect.defaults().withMaxAttempts(10));
            for (String header : headers) {
                int colon = header.indexOf(':');
                if (colon < 1) throw new IllegalArgumentException("--header " + header + ": NAME:VALUE");
                config = config.withHeader(
                        header.substring(0, colon), header.substring(colon + 1).strip());
            }
            if (trust.isPresent()) {
                config =
                        config.withConnect(config.connect().withTls(Tls.client().withTrust(trust.get())));
            }
            return config;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private Lines lines() throws IOException {
        if (texts.isEmpty() && !listen && TerminalLines.isTerminal()) return TerminalLines.open();
        return new PipedLines("ws", System.in, System.out, System.err, MAX_MESSAGE_BYTES);
    }

    private void sendAll(Lines lines, Conversation conversation, WebSocket client) {
        try {
            for (String text : texts) send(Message.text(text), conversation, client);
            if (texts.isEmpty()) {
                for (Optional<Bytes> line = lines.read(); line.isPresent(); line = lines.read()) {
                    send(Message.text(line.get().toUtf8()), conversation, client);
                }
            }
            if (!listen) conversation.inputEnded();
        } catch (IOException | HawserException e) {
            conversation.fail(String.valueOf(e.getMessage()));
        }
    }

    private static void send(Message message, Conversation conversation, WebSocket client) {
        conversation.sending();
        client.send(message);
    }
}
