package io.hawser.benchmarks.peers;

import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.staticcontent.FileSystemHandlerConfig;
import io.helidon.webserver.staticcontent.StaticContentFeature;
import java.io.IOException;
import java.security.GeneralSecurityException;

/// Helidon 4: blocking handlers, one virtual thread for each connection; as many carriers as it is told of
/// threads.
final class HelidonHttp {
    private static final int BACKLOG = 4096;

    private HelidonHttp() {}

    static void main(String... arguments) throws IOException, GeneralSecurityException {
        var asked = PeerArguments.of(arguments);
        // Read when the first virtual thread starts.
        System.setProperty("jdk.virtualThreadScheduler.parallelism", Integer.toString(asked.threads()));
        var builder = WebServer.builder()
                .host("127.0.0.1")
                .port(asked.port())
                .backlog(BACKLOG)
                .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
                .routing(routing -> route(routing, asked));
        if (asked.tls().isPresent()) {
            var context = PeerTls.context(asked.tls().get());
            builder.tls(Tls.builder().sslContext(context).build());
        }
        PeerArguments.ready(builder.build().start().port());
    }

    private static void route(HttpRouting.Builder routing, PeerArguments asked) {
        var files = FileSystemHandlerConfig.builder().location(asked.files()).build();
        routing.get("/plaintext", (_, response) -> answer(response, Answers.TEXT_TYPE, Answers.hello()))
                .get("/json", (_, response) -> answer(response, Answers.JSON_TYPE, Answers.json()))
                .post(
                        "/echo",
                        (request, response) -> answer(
                                response,
                                "application/octet-stream",
                                request.content().as(byte[].class)))
                .register("/files", StaticContentFeature.createService(files));
    }

    private static void answer(ServerResponse response, String type, byte[] body) {
        response.header(HeaderNames.CONTENT_TYPE, type).send(body);
    }
}
