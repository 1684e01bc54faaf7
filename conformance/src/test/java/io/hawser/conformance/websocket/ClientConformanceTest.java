package io.hawser.conformance.websocket;

import io.hawser.Reconnect;
import io.hawser.io.ExecutionMode;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Our client, as an echo, against a server on a raw socket.
class ClientConformanceTest {
    private static final Results RESULTS = new Results("client");
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @AfterAll
    static void theResultsAreThoseThatWereCommitted() throws IOException {
        RESULTS.check();
    }

    @TestFactory
    Stream<DynamicTest> everyCase() {
        return Cases.all().stream()
                .map(each -> DynamicTest.dynamicTest(each.id() + " " + each.title(), () -> play(each)));
    }

    @SuppressWarnings("try") // it is there while the script plays
    private void play(Case each) throws Exception {
        Compression terms = each.compression();
        FutureTask<WebSocket> connecting = new FutureTask<>(() -> WebSockets.connect(config(terms), echo()));
        Thread.ofVirtual().start(connecting);
        try (Socket socket = server.accept();
                Peer peer = new Peer(socket, false);
                Codec codec = new Codec(terms.serverTakeover(), terms.clientTakeover(), terms.serverBits())) {
            String asked = peer.grant(answer(terms));
            if (!terms.isNone() && !asked.contains("permessage-deflate")) throw new AssertionError(asked);
            try (WebSocket client = connecting.get()) {
                RESULTS.add(each, new Script(each, peer, codec).play());
            }
        }
    }

    private static String answer(Compression terms) {
        if (terms.isNone()) return "";
        String answer = terms.offer().replace("; client_max_window_bits=15", "");
        if (answer.endsWith("; client_max_window_bits")) {
            answer = answer.substring(0, answer.length() - "; client_max_window_bits".length());
        }
        return "Sec-WebSocket-Extensions: " + answer + "\r\n";
    }

    private WebSocketClientConfig config(Compression terms) {
        WebSocketConfig config =
                WebSocketConfig.defaults().withMaxMessageBytes(LimitCases.MOST).withMaxFrameBytes(LimitCases.MOST + 1);
        if (!terms.isNone()) {
            config = config.withDeflate(Deflate.defaults()
                    .withMinBytes(0)
                    .withTakeover(terms.serverTakeover(), terms.clientTakeover())
                    .withWindowBits(terms.serverBits(), terms.clientBits()));
        }
        return WebSocketClientConfig.to("ws://127.0.0.1:" + server.getLocalPort() + "/")
                .withWebSocket(config)
                .withReconnect(new Reconnect(Duration.ofHours(1), Duration.ofHours(1), 1));
    }

    /// Never too slow for the peer: it waits until there is room.
    private static SessionHandler echo() {
        return new SessionHandler() {
            @Override
            public void message(Session session, Message message) {
                session.send(message);
            }

            @Override
            public ExecutionMode mode() {
                return ExecutionMode.VIRTUAL;
            }
        };
    }
}
