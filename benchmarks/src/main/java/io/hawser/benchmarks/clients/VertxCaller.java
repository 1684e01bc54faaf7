package io.hawser.benchmarks.clients;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;

/// Vert.x's WebClient on one event loop; the caller waits for its future.
final class VertxCaller implements Caller {
    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    private final WebClient client;
    private final URI target;

    VertxCaller(URI target, int connections) {
        this.target = target;
        client = WebClient.create(vertx, new WebClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
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
