package io.hawser.benchmarks.peers;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.microhttp.EventLoop;
import org.microhttp.Header;
import org.microhttp.NoopLogger;
import org.microhttp.OptionsBuilder;
import org.microhttp.Request;
import org.microhttp.Response;

/// microhttp: one event loop, the handler called on it. It has no files and no TLS.
final class MicroHttp {
    private static final int BACKLOG = 4096;

    private MicroHttp() {}

    static void main(String... arguments) throws IOException, InterruptedException {
        var asked = PeerArguments.of(arguments);
        var options = OptionsBuilder.newBuilder()
                .withHost("127.0.0.1")
                .withPort(asked.port())
                .withConcurrency(asked.threads())
                .withAcceptLength(BACKLOG)
                .build();
        var loop = new EventLoop(options, NoopLogger.instance(), MicroHttp::answer);
        loop.start();
        PeerArguments.ready(loop.getPort());
        loop.join();
    }

    private static void answer(Request request, Consumer<Response> answer) {
        answer.accept(
                switch (request.uri()) {
                    case "/plaintext" -> ok(Answers.TEXT_TYPE, Answers.hello());
                    case "/json" -> ok(Answers.JSON_TYPE, Answers.json());
                    case "/echo" -> ok("application/octet-stream", request.body());
                    default -> new Response(404, "Not Found", List.of(), new byte[0]);
                });
    }

    private static Response ok(String type, byte[] body) {
        return new Response(
                200, "OK", List.of(new Header("Content-Type", type), new Header("Date", Clock.date())), body);
    }
}
