package io.hawser.benchmarks.peers;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;

/// Vert.x as a reverse proxy to one server, one verticle with a client of its own for each event loop.
final class VertxProxy extends VerticleBase {
    private static final int BACKLOG = 4096;
    private static final int CONNECTIONS = 100;

    private final int port;
    private final String upstream;

    private VertxProxy(int port, String upstream) {
        this.port = port;
        this.upstream = upstream;
    }

    @Override
    public Future<HttpServer> start() {
        var client = vertx.createHttpClient(
                new HttpClientOptions().setTcpNoDelay(true), new PoolOptions().setHttp1MaxSize(CONNECTIONS));
        var colon = upstream.lastIndexOf(':');
        var proxy = HttpProxy.reverseProxy(client)
                .origin(Integer.parseInt(upstream.substring(colon + 1)), upstream.substring(0, colon));
        var options = new HttpServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true);
        return vertx.createHttpServer(options).requestHandler(proxy).listen(port, "127.0.0.1");
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        Verticles.run(asked, port -> new VertxProxy(port, asked.upstream()));
    }
}
