package io.hawser.benchmarks.clients;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/// Reactor Netty's client on one event loop; the caller waits for its result.
final class ReactorCaller implements Caller {
    private static final int WAITING = 20_000;

    private final LoopResources loops = LoopResources.create("client", 1, true);
    private final ConnectionProvider pool;
    private final Mono<Integer> call;

    ReactorCaller(URI target, int connections, Optional<Path> trust) {
        pool = ConnectionProvider.builder("client")
                .maxConnections(connections)
                .pendingAcquireMaxCount(WAITING)
                .build();
        var client = HttpClient.create(pool).runOn(loops);
        if (trust.isPresent()) {
            var tls = Http2SslContextSpec.forClient()
                    .configure(context -> context.trustManager(trust.get().toFile()));
            client = client.protocol(HttpProtocol.H2).secure(spec -> spec.sslContext((GenericSslContextSpec<?>) tls));
        }
        call = client.get()
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
