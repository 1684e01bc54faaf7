package io.hawser.benchmarks.clients;

import io.hawser.Tls;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// Hawser's client.
final class HawserCaller implements Caller {
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final HttpClient client;
    private final String target;

    HawserCaller(URI target, int connections, Optional<Path> trust) {
        // Nobody else gives a caller up after 5 s of waiting for a connection.
        var config = HttpClientConfig.defaults();
        config = config.withTimeouts(config.timeouts().withPool(PATIENCE));
        if (trust.isPresent()) {
            // Calls are counted there, and share a connection as far as the server lets them.
            config = config.withTls(Tls.client().withTrust(trust.get())).withVersions(HttpVersion.HTTP_2);
        } else {
            config = config.withPool(config.pool().withMaxPerOrigin(connections));
        }
        client = HttpClient.open(config);
        this.target = target.toString();
    }

    @Override
    public int get() {
        Response response = client.get(target).send();
        try (var body = response.body()) {
            var _ = body.bytes();
            return response.status();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
