package io.hawser.benchmarks.clients;

import java.net.URI;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/// Reactor Netty's client on one event loop; the caller waits for its result.
final class ReactorCaller implements Caller {
    private static final int WAITING = 20_000;

    private final LoopResources loops = LoopResources.create("client", 1, true);
    private final ConnectionProvider pool;
    private final Mono<Integer> call;

    ReactorCaller(URI target, int connections) {
        pool = ConnectionProvider.builder("client")
                .maxConnections(connections)
                .pendingAcquireMaxCount(WAITING)
                .build();
        call = HttpClient.create(pool)
                .runOn(loops)
                .get()
                .uri(target)
                .responseSingle((response, body) ->
                        body.asByteArray().thenReturn(response.status().code()));
    }

    @Override
    public int get() {
        Integer status = call.block();
        return status == null ? 0 : status;
    }

    @Override
    public void close() {
        pool.dispose();
        loops.dispose();
    }
}
