package io.hawser.benchmarks.clients;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// Vert.x's WebClient on one event loop; the caller waits for its future.
final class VertxCaller implements Caller {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final WebClient client;
    private final URI target;

    VertxCaller(URI target, int connections, Optional<Path> trust) {
        this.target = target;
        var options = new WebClientOptions();
        trust.ifPresent(certificate -> options.setProtocolVersion(HttpVersion.HTTP_2)
                .setUseAlpn(true)
                .setSsl(true)
                .setSslEngineOptions(new OpenSSLEngineOptions())
                .setTrustOptions(new PemTrustOptions().addCertPath(certificate.toString())));
        var pool = new PoolOptions().setHttp1MaxSize(connections).setHttp2MaxSize(connections);
        client = WebClient.create(vertx, options, pool);
    }

    @Override
    public int get() throws Exception {
        return client.get(target.getPort(), target.getHost(), target.getPath())
                .send()
                .toCompletionStage()
                .toCompletableFuture()
                .get()
                .statusCode();
    }

    @Override
    public void close() {
        client.close();
        var _ = vertx.close();
    }
}
