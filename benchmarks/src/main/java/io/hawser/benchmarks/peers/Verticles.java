package io.hawser.benchmarks.peers;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;

/// How each server on Vert.x is run: one verticle for each event loop, all on one port.
final class Verticles {
    private Verticles() {}

    static void run(PeerArguments asked, IntFunction<VerticleBase> onPort) {
        run(asked, new DeploymentOptions(), onPort);
    }

    /// As the settings of `deployment` say.
    static void run(PeerArguments asked, DeploymentOptions deployment, IntFunction<VerticleBase> onPort) {
        var vertx =
                Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(asked.threads()));
        // All instances share one port, so it has to be known before the first of them.
        var port = asked.port() == 0 ? FreePort.find() : asked.port();
        try {
            // Waited for, because virtual threads alone keep no process alive.
            var _ = vertx.deployVerticle(() -> onPort.apply(port), deployment.setInstances(asked.threads()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            PeerArguments.ready(port);
        } catch (CompletionException failure) {
            System.err.println("not started: " + failure.getCause());
            System.exit(1);
        }
    }
}
