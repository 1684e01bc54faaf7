package io.hawser.benchmarks.peers;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Binary messages sent back, and texts sent to all, on the HTTP server of Vert.x.
final class VertxWebSocket extends VerticleBase {
    private static final int BACKLOG = 4096;

    /// Of all verticles, because a text is for everybody.
    private static final Set<ServerWebSocket> SOCKETS = ConcurrentHashMap.newKeySet();

    private final int port;
    private final boolean deflate;

    private VertxWebSocket(int port, boolean deflate) {
        this.port = port;
        this.deflate = deflate;
    }

    @Override
    public Future<HttpServer> start() {
        var options = new HttpServerOptions()
                .setAcceptBacklog(BACKLOG)
                .setTcpNoDelay(true)
                .setPerMessageWebSocketCompressionSupported(deflate)
                .setPerFrameWebSocketCompressionSupported(false)
                .setWebSocketAllowServerNoContext(deflate);
        return vertx.createHttpServer(options).webSocketHandler(this::opened).listen(port, "127.0.0.1");
    }

    private void opened(ServerWebSocket socket) {
        SOCKETS.add(socket);
        socket.closeHandler(_ -> SOCKETS.remove(socket));
        socket.binaryMessageHandler(socket::writeBinaryMessage);
        socket.textMessageHandler(text -> SOCKETS.forEach(each -> each.writeTextMessage(text)));
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        Verticles.run(asked, port -> new VertxWebSocket(port, asked.is("deflate")));
    }
}
