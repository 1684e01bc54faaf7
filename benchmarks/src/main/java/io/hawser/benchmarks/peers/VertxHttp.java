package io.hawser.benchmarks.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/// Vert.x's HTTP server, one verticle for each event loop; its handlers on that loop, or on virtual threads.
final class VertxHttp extends VerticleBase {
    private static final Buffer HELLO = Buffer.buffer(Answers.hello());
    private static final CharSequence TEXT = HttpHeaders.createOptimized(Answers.TEXT_TYPE);
    private static final CharSequence JSON = HttpHeaders.createOptimized(Answers.JSON_TYPE);
    private static final CharSequence BYTES = HttpHeaders.createOptimized("application/octet-stream");
    private static final int BACKLOG = 4096;

    private final int port;
    private final PeerArguments asked;

    private VertxHttp(int port, PeerArguments asked) {
        this.port = port;
        this.asked = asked;
    }

    @Override
    public Future<HttpServer> start() {
        var options = new HttpServerOptions().setAcceptBacklog(BACKLOG).setTcpNoDelay(true);
        if (asked.tls().isEmpty()) {
            return vertx.createHttpServer(options).requestHandler(this::answer).listen(port, "127.0.0.1");
        }
        var keys = keys(asked.tls().get());
        options.setSsl(true)
                .setUseAlpn(true)
                .setSslEngineOptions(new OpenSSLEngineOptions())
                .setKeyCertOptions(keys);
        return vertx.createHttpServer(options).requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private static PemKeyCertOptions keys(Path folder) {
        return new PemKeyCertOptions()
                .setCertPath(folder.resolve(PeerTls.CERTIFICATE).toString())
                .setKeyPath(folder.resolve(PeerTls.KEY).toString());
    }

    private void answer(HttpServerRequest request) {
        var path = String.valueOf(request.path());
        if (path.startsWith("/files/")) {
            var file = asked.files().resolve(path.substring("/files/".length()));
            request.response().sendFile(file.toString());
            return;
        }
        switch (path) {
            case "/plaintext" -> answer(request, TEXT, HELLO);
            case "/json" -> answer(request, JSON, Buffer.buffer(Answers.json()));
            case "/echo" -> request.body().onSuccess(body -> answer(request, BYTES, body));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private static void answer(HttpServerRequest request, CharSequence type, Buffer body) {
        request.response()
                .putHeader(HttpHeaders.DATE, Clock.ascii())
                .putHeader(HttpHeaders.CONTENT_TYPE, type)
                .end(body);
    }

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var deployment = new DeploymentOptions();
        if (asked.is("virtual")) {
            // Read when the first virtual thread starts.
            System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(asked.threads()));
            deployment.setThreadingModel(ThreadingModel.VIRTUAL_THREAD);
        }
        Verticles.run(asked, deployment, port -> new VertxHttp(port, asked));
    }
}
