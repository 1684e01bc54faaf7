package io.hawser.benchmarks.clients;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.Response;
import java.net.URI;

/// Hawser's client.
final class HawserCaller implements Caller {
    private final HttpClient client;
    private final String target;

    HawserCaller(URI target, int connections) {
        var config = HttpClientConfig.defaults();
        client = HttpClient.open(config.withPool(config.pool().withMaxPerOrigin(connections)));
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
