package io.hawser.benchmarks.clients;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Executors;

/// The JDK's client, its own work on virtual threads. It cannot bound its connections.
final class JdkCaller implements Caller {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final HttpRequest request;

    JdkCaller(URI target) {
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
