package io.hawser.benchmarks.clients;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Executors;

/// The JDK's client, its own work on virtual threads. It cannot bound its connections.
final class JdkCaller implements Caller {
    private final HttpClient client;
    private final HttpRequest request;

    JdkCaller(URI target, Optional<Path> trust) throws IOException, GeneralSecurityException {
        var builder = HttpClient.newBuilder()
                .version(trust.isPresent() ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        if (trust.isPresent()) builder.sslContext(Trust.of(trust.get()).context());
        client = builder.build();
        request = HttpRequest.newBuilder(target).build();
    }

    @Override
    public int get() throws Exception {
        return client.send(request, BodyHandlers.ofByteArray()).statusCode();
    }

    @Override
    public void close() {
        client.close();
    }
}
