package io.hawser.benchmarks.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.concurrent.Executors;

/// The JDK's own server, a virtual thread for each request.
final class JdkHttp {
    private static final int BACKLOG = 4096;

    private JdkHttp() {}

    static void main(String... arguments) throws IOException, GeneralSecurityException {
        var asked = PeerArguments.of(arguments);
        // Read when the first virtual thread starts.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(asked.threads()));
        // Read when the server's classes are loaded; without it small answers wait for Nagle's algorithm.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        var address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), asked.port());
        HttpServer server;
        if (asked.tls().isPresent()) {
            var secure = HttpsServer.create(address, BACKLOG);
            secure.setHttpsConfigurator(
                    new HttpsConfigurator(PeerTls.context(asked.tls().get())));
            server = secure;
        } else {
            server = HttpServer.create(address, BACKLOG);
        }
        server.createContext("/plaintext", answering(Answers.TEXT_TYPE, _ -> Answers.hello()));
        server.createContext("/json", answering(Answers.JSON_TYPE, _ -> Answers.json()));
        server.createContext(
                "/echo",
                answering(
                        "application/octet-stream",
                        exchange -> exchange.getRequestBody().readAllBytes()));
        server.createContext(
                "/files", SimpleFileServer.createFileHandler(asked.files().toAbsolutePath()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        PeerArguments.ready(server.getAddress().getPort());
    }

    private interface Answer {
        byte[] to(HttpExchange exchange) throws IOException;
    }

    private static HttpHandler answering(String type, Answer answer) {
        return exchange -> {
            try (exchange) {
                var body = answer.to(exchange);
                exchange.getResponseHeaders().set("Content-Type", type);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        };
    }
}
