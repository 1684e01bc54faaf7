package io.hawser.benchmarks.peers;

import io.netty.handler.codec.http.HttpHeaderNames;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/// Reactor Netty: one event loop, on which handlers are called.
final class ReactorHttp {
    private ReactorHttp() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var server = HttpServer.create()
                .host("127.0.0.1")
                .port(asked.port())
                .runOn(LoopResources.create("peer", asked.threads(), true))
                .route(routes -> routes.get(
                                "/plaintext", (_, response) -> answer(response, Answers.TEXT_TYPE, Answers.hello()))
                        .get("/json", (_, response) -> answer(response, Answers.JSON_TYPE, Answers.json()))
                        .post(
                                "/echo",
                                (request, response) -> request.receive()
                                        .aggregate()
                                        .asByteArray()
                                        .flatMap(body -> Mono.from(answer(response, "application/octet-stream", body))))
                        .get(
                                "/files/{name}",
                                (request, response) -> response.sendFile(
                                        asked.files().resolve(String.valueOf(request.param("name"))))));
        if (asked.tls().isPresent()) {
            var folder = asked.tls().get();
            var spec = Http11SslContextSpec.forServer(
                    folder.resolve(PeerTls.CERTIFICATE).toFile(),
                    folder.resolve(PeerTls.KEY).toFile());
            server = server.secure(tls -> tls.sslContext((GenericSslContextSpec<?>) spec));
        } else {
            server = server.protocol(HttpProtocol.HTTP11, HttpProtocol.H2C);
        }
        var running = server.bindNow();
        PeerArguments.ready(running.port());
        running.onDispose().block();
    }

    private static Publisher<Void> answer(HttpServerResponse response, String type, byte[] body) {
        return response.header(HttpHeaderNames.CONTENT_TYPE, type)
                .header(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length))
                .header(HttpHeaderNames.DATE, Clock.date())
                .sendByteArray(Mono.just(body));
    }
}
