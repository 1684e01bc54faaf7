package io.hawser.benchmarks.peers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.xnio.Options;

/// Undertow: one I/O thread, on which handlers are called.
final class UndertowHttp {
    private static final int BACKLOG = 4096;

    private UndertowHttp() {}

    static void main(String... arguments) throws Exception {
        var asked = PeerArguments.of(arguments);
        var builder = Undertow.builder()
                .setIoThreads(asked.threads())
                .setSocketOption(Options.BACKLOG, BACKLOG)
                .setServerOption(UndertowOptions.ENABLE_HTTP2, true)
                .setHandler(handler(asked));
        if (asked.tls().isEmpty()) builder.addHttpListener(asked.port(), "127.0.0.1");
        else
            builder.addHttpsListener(
                    asked.port(), "127.0.0.1", PeerTls.context(asked.tls().get()));
        var server = builder.build();
        server.start();
        var address = (InetSocketAddress) server.getListenerInfo().getFirst().getAddress();
        PeerArguments.ready(address.getPort());
    }

    private static HttpHandler handler(PeerArguments asked) {
        return Handlers.path()
                .addExactPath("/plaintext", exchange -> answer(exchange, Answers.TEXT_TYPE, Answers.hello()))
                .addExactPath("/json", exchange -> answer(exchange, Answers.JSON_TYPE, Answers.json()))
                .addExactPath(
                        "/echo",
                        exchange -> exchange.getRequestReceiver()
                                .receiveFullBytes((whole, body) -> answer(whole, "application/octet-stream", body)))
                .addPrefixPath("/files", Handlers.resource(new PathResourceManager(asked.files())));
    }

    private static void answer(HttpServerExchange exchange, String type, byte[] body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(ByteBuffer.wrap(body));
    }
}
