package io.hawser.benchmarks.clients;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/// A client of HTTP under test. Thread: any, many at once.
interface Caller extends AutoCloseable {
    /// GETs, reads the whole body, and returns the status.
    int get() throws Exception;

    @Override
    void close() throws IOException;

    /// A client that GETs one address.
    ///
    /// @param trust the certificate of a server of HTTP/2; empty for HTTP/1.1 without TLS
    static Caller of(String name, URI target, int connections, Optional<Path> trust) throws Exception {
        return switch (name) {
            case "jdk" -> new JdkCaller(target, trust);
            case "okhttp" -> new OkHttpCaller(target, connections, trust);
            case "apache" -> new ApacheCaller(target, connections);
            case "jetty" -> new JettyCaller(target, connections, trust);
            case "vertx" -> new VertxCaller(target, connections, trust);
            case "reactor" -> new ReactorCaller(target, connections, trust);
            case "hawser" -> new HawserCaller(target, connections, trust);
            default -> throw new IllegalArgumentException("no client is called " + name);
        };
    }
}
