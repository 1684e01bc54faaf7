package io.hawser.conformance.websocket;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Our server, as an echo, against a client on a raw socket; each way to run its handler is another path.
class ServerConformanceTest {
    private static final Results RESULTS = new Results("server");
    private static HttpServer server;

    @BeforeAll
    static void start() {
        server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), ServerConformanceTest::accept);
    }

    @AfterAll
    static void theResultsAreThoseThatWereCommitted() throws IOException {
        server.close();
        RESULTS.check();
    }

    private static Response accept(Request request) {
        ExecutionMode mode = ExecutionMode.valueOf(request.path().substring(1));
        WebSocketConfig config = WebSocketConfig.defaults()
                .withMaxMessageBytes(LimitCases.MOST)
                .withMaxFrameBytes(LimitCases.MOST + 1)
                .withDeflate(Deflate.defaults().withMinBytes(0).withTakeover(true, true));
        SessionHandler echo = (session, message) -> {
            if (mode == ExecutionMode.EVENT_LOOP) session.offer(message);
            else session.send(message);
        };
        return WebSockets.accept(request, config, echo.in(mode));
    }

    @TestFactory
    Stream<DynamicTest> everyCaseInEveryMode() {
        return Arrays.stream(ExecutionMode.values())
                .flatMap(mode -> Cases.all().stream()
                        .map(each -> DynamicTest.dynamicTest(
                                each.id() + " " + each.title() + " " + mode, () -> play(each, mode))));
    }

    private void play(Case each, ExecutionMode mode) throws Exception {
        Compression terms = each.compression();
        try (Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), server.endpoint().port());
                Peer peer = new Peer(socket, true);
                Codec codec = new Codec(terms.clientTakeover(), terms.serverTakeover(), terms.clientBits())) {
            String offer = terms.isNone() ? "" : "Sec-WebSocket-Extensions: " + terms.offer() + "\r\n";
            String answer = peer.askFor("/" + mode, offer);
            if (!answer.startsWith("HTTP/1.1 101 ")) throw new AssertionError(answer);
            if (answer.contains("permessage-deflate") == terms.isNone()) throw new AssertionError(answer);
            RESULTS.add(each, new Script(each, peer, codec).play());
        }
    }
}
