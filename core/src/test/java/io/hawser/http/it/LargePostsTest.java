package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/// Documents of 5 MB, parsed as they come: what is in memory does not depend on how many there were.
@Tag("full")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
final class LargePostsTest {
    private static final int CLIENTS = 4;
    private static final int POSTS = Integer.getInteger("hawser.posts", 10_000);
    private static final int NUMBERS = 500_000;
    private static final long FLAT_BYTES = 32L << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Half a million numbers of nine digits and a comma.
    private static byte[] document() {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < NUMBERS; i++) json.append(i == 0 ? "" : ",").append(100_000_000 + i);
        return json.append(']').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static Response countNumbers(InputStream in) {
        long numbers = 0;
        try (JsonParser parser = JSON.createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_NUMBER_INT) numbers++;
            }
        }
        return Response.text(Long.toString(numbers));
    }

    private static long usedBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(100);
            least = Math.min(
                    least,
                    Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
        }
        return least;
    }

    @Test
    void theHeapIsAsFullAfterTenThousandAsAfterAFew() throws Exception {
        byte[] document = document();
        HttpHandler handler = request -> countNumbers(request.body().asInputStream());
        try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler)) {
            post(server, document, POSTS / 50);
            long before = usedBytes();
            post(server, document, POSTS);
            assertThat(usedBytes()).isLessThan(before + FLAT_BYTES);
        }
    }

    private static void post(HttpServer server, byte[] document, int posts) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    try (RawClient client = RawClient.to(server.endpoint())) {
                        for (int sent = 0; sent < posts / CLIENTS; sent++) {
                            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + document.length + "\r\n\r\n")
                                    .send(document);
                            assertThat(client.answer().text()).isEqualTo(Integer.toString(NUMBERS));
                        }
                    }
                    return null;
                }));
            }
            for (Future<Void> client : clients) client.get();
        }
    }
}
