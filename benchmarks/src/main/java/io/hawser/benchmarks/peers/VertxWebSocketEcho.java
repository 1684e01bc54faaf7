package io.hawser.benchmarks.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

/// Echo of binary messages on the HTTP server of Vert.x.
final class VertxWebSocketEcho extends VerticleBase {
    private static final int BACKLOG = 4096;

    private final int port;

    private VertxWebSocketEcho(int port) {
        this.port = port;
    }

    @Override
    public Future<HttpServer> start() {
        var options = new HttpServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true);
        return vertx.createHttpServer(options)
                .webSocketHandler(socket -> socket.binaryMessageHandler(socket::writeBinaryMessage))
                .listen(port, "127.0.0.1");
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(asked.threads()));
        // All instances share one port, so it has to be known before the first of them.
        var port = asked.port() == 0 ? FreePort.find() : asked.port();
        vertx.deployVerticle(() -> new VertxWebSocketEcho(port), new DeploymentOptions().setInstances(asked.threads()))
                .onSuccess(id -> PeerArguments.ready(port))
                .onFailure(cause -> {
                    System.err.println("not started: " + cause);
                    System.exit(1);
                });
    }
}
