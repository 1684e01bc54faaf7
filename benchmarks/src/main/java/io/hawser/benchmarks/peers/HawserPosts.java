package io.hawser.benchmarks.peers;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.io.IoConfig;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.tcp.ListenConfig;
import java.util.Locale;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Documents of JSON parsed as they come, by a blocking handler on a virtual thread: the answer is how
/// many numbers there were. Hawser as a library.
final class HawserPosts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private HawserPosts() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var io = IoThreads.start(IoConfig.defaults()
                .withThreads(asked.threads())
                .withTransport(Transport.valueOf(asked.transport().toUpperCase(Locale.ROOT))));
        var server = HttpServer.start(
                ListenConfig.on("127.0.0.1:" + asked.port()), HttpConfig.defaults(), HawserPosts::numbers, io);
        PeerArguments.ready(server.endpoint().port());
        server.awaitStop();
    }

    private static Response numbers(Request request) {
        long numbers = 0;
        try (var parser = JSON.createParser(request.body().asInputStream())) {
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) numbers++;
            }
        }
        return Response.text(Long.toString(numbers));
    }
}
