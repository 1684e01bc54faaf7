package io.hawser.benchmarks.peers;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.util.Locale;

/// Messages sent back by a server with compression, on Hawser as a library.
final class HawserWebSocket {
    private HawserWebSocket() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var io = IoThreads.start(IoConfig.defaults()
                .withThreads(asked.threads())
                .withTransport(Transport.valueOf(asked.transport().toUpperCase(Locale.ROOT))));
        var config = WebSocketConfig.defaults().withDeflate(Deflate.defaults());
        SessionHandler echo = Session::offer;
        var handler = echo.in(ExecutionMode.EVENT_LOOP);
        var server = HttpServer.start(
                ListenConfig.on("127.0.0.1:" + asked.port()),
                HttpConfig.defaults(),
                request -> WebSockets.accept(request, config, handler),
                io);
        PeerArguments.ready(server.endpoint().port());
        server.awaitStop();
    }
}
