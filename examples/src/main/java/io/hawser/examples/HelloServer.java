package io.hawser.examples;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;

/// Greets whoever asks, by `?name=`. Argument: where to listen (127.0.0.1:8080).
public final class HelloServer {
    private HelloServer() {}

    static HttpServer start(String endpoint) {
        return HttpServer.start(
                ListenConfig.on(endpoint),
                HttpConfig.defaults(),
                request -> Response.text("Hello, " + request.query("name").orElse("world") + "!\n"));
    }

    public static void main(String... args) {
        HttpServer server = start(args.length > 0 ? args[0] : "127.0.0.1:8080");
        System.out.println("listening on " + server.endpoint());
        System.exit(server.run());
    }
}
