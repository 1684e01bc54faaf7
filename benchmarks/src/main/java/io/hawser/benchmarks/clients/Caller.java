package io.hawser.benchmarks.clients;

import java.io.IOException;
import java.net.URI;

/// A client of HTTP under test. Thread: any, many at once.
interface Caller extends AutoCloseable {
    /// GETs, reads the whole body, and returns the status.
    int get() throws Exception;

    @Override
    void close() throws IOException;

    /// A client that GETs one address.
    static Caller of(String name, URI target, int connections) {
        return switch (name) {
            case "jdk" -> new JdkCaller(target);
            case "okhttp" -> new OkHttpCaller(target, connections);
            case "apache" -> new ApacheCaller(target, connections);
            case "vertx" -> new VertxCaller(target, connections);
            case "reactor" -> new ReactorCaller(target, connections);
            case "hawser" -> new HawserCaller(target, connections);
            default -> throw new IllegalArgumentException("no client is called " + name);
        };
    }
}
