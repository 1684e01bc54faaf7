package io.hawser.benchmarks.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/// OkHttp. Its pool bounds idle connections; calls that wait on the caller's thread are not bounded.
final class OkHttpCaller implements Caller {
    private final OkHttpClient client;
    private final Request request;

    OkHttpCaller(URI target, int connections, Optional<Path> trust) throws IOException, GeneralSecurityException {
        var builder = new OkHttpClient.Builder().connectionPool(new ConnectionPool(connections, 5, TimeUnit.MINUTES));
        if (trust.isPresent()) {
            var trusted = Trust.of(trust.get());
            builder.sslSocketFactory(trusted.context().getSocketFactory(), trusted.manager());
        }
        client = builder.build();
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
