package io.hawser.benchmarks.clients;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// OkHttp. Its pool bounds idle connections; calls that wait on the caller's thread are not bounded.
final class OkHttpCaller implements Caller {
    private final OkHttpClient client;
    private final Request request;

    OkHttpCaller(URI target, int connections) {
        client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(connections, 5, TimeUnit.MINUTES))
                .build();
        request = new Request.Builder().url(target.toString()).build();
    }

    @Override
    public int get() throws IOException {
        try (var response = client.newCall(request).execute()) {
            var _ = response.body().bytes();
            return response.code();
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
