package io.hawser.benchmarks.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// `GET /plaintext` on Vert.x's HTTP server, one verticle for each event loop.
final class VertxHttp extends VerticleBase {
    private static final Buffer HELLO = Buffer.buffer("Hello, World!");
    private static final int BACKLOG = 4096;

    private final int port;
    private String date = now();

    private VertxHttp(int port) {
        this.port = port;
    }

    private static String now() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    }

    @Override
    public Future<HttpServer> start() {
        vertx.setPeriodic(1000, _ -> date = now());
        var options = new HttpServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true);
        return vertx.createHttpServer(options).requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
        if (!"/plaintext".equals(request.path())) {
            request.response().setStatusCode(404).end();
            return;
        }
        request.response()
                .putHeader("Date", date)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(HELLO);
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(asked.threads()));
        // All instances share one port, so it has to be known before the first of them.
        var port = asked.port() == 0 ? FreePort.find() : asked.port();
        vertx.deployVerticle(() -> new VertxHttp(port), new DeploymentOptions().setInstances(asked.threads()))
                .onSuccess(id -> PeerArguments.ready(port))
                .onFailure(cause -> {
                    System.err.println("not started: " + cause);
                    System.exit(1);
                });
    }
}
