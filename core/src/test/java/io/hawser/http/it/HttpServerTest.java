package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.DrainReport;
import io.hawser.http.Body;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.http.StaticFiles;
import io.hawser.io.ExecutionMode;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpServerTest {
    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
    }

    @ParameterizedTest
    @EnumSource
    void requestsAreAnsweredInEveryMode(ExecutionMode mode) throws IOException {
        HttpHandler handler =
                request -> Response.text(request.method() + " " + request.body().text());
        try (HttpServer server = serve(handler.in(mode));
                RawClient client = RawClient.to(server.endpoint())) {
            for (int i = 0; i < 100; i++) {
                client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabc");
                assertThat(client.answer().text()).isEqualTo("POST abc");
            }
            client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n".repeat(50));
            for (int i = 0; i < 50; i++) assertThat(client.answer().text()).isEqualTo("GET ");
        }
    }

    @Test
    void aFileCountsAsSent(@TempDir Path folder) throws IOException {
        byte[] content = new byte[1 << 20];
        Files.write(folder.resolve("large"), content);
        try (HttpServer server = serve(StaticFiles.of(folder));
                RawClient client = RawClient.to(server.endpoint())) {
            client.send("GET /large HTTP/1.1\r\nHost: h\r\n\r\n");
            assertThat(client.answer().body()).hasSize(content.length);
            await().until(() -> server.stats().protocols().stream()
                            .mapToLong(each -> each.traffic().bytesSent())
                            .sum()
                    > content.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeBodyIsEchoedAsItComes(ExecutionMode mode) throws Exception {
        byte[] content = new byte[8 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        HttpHandler handler = request -> Response.ok(request.body());
        try (HttpServer server = serve(handler.in(mode));
                RawClient client = RawClient.to(server.endpoint());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String framing : List.of("Content-Length: " + content.length, "Transfer-Encoding: chunked")) {
                Future<RawClient> sent = threads.submit(() -> {
                    client.send("POST / HTTP/1.1\r\nHost: h\r\n" + framing + "\r\n\r\n");
                    if (framing.startsWith("C")) return client.send(content);
                    for (int at = 0; at < content.length; at += 1 << 16) {
                        client.send("10000\r\n")
                                .send(java.util.Arrays.copyOfRange(content, at, at + (1 << 16)))
                                .send("\r\n");
                    }
                    return client.send("0\r\n\r\n");
                });
                assertThat(client.answer().body()).isEqualTo(content);
                sent.get();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsSentWhole(ExecutionMode mode, @TempDir Path folder) throws IOException {
        byte[] content = new byte[3 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 17) >> 2);
        Path file = Files.write(folder.resolve("file"), content);
        HttpHandler handler = request ->
                Response.ok(request.rawPath().equals("/part") ? Body.file(file, 1000, 50_000) : Body.file(file));
        try (HttpServer server = serve(handler.in(mode));
                RawClient client = RawClient.to(server.endpoint())) {
            assertThat(client.get("/").body()).isEqualTo(content);
            assertThat(client.get("/part").body()).isEqualTo(java.util.Arrays.copyOfRange(content, 1000, 51_000));
            Files.delete(file);
            assertThat(client.get("/part").status()).isEqualTo(500);
            assertThat(client.get("/part").status()).isEqualTo(500);
        }
    }

    @Test
    void aHandlerThatNeverReturnsOrFailsHarmsNoOther() throws IOException {
        CountDownLatch release = new CountDownLatch(1);
        HttpHandler handler = request -> {
            switch (request.rawPath()) {
                case "/stuck" -> release.await();
                case "/fails" -> throw new IllegalStateException("on purpose");
                case "/memory" -> {
                    return Response.text("room for " + new long[Integer.MAX_VALUE - 8].length);
                }
                default -> {
                    // answers
                }
            }
            return Response.text("fine");
        };
        try (HttpServer server = serve(handler)) {
            try (RawClient stuck = RawClient.to(server.endpoint());
                    RawClient other = RawClient.to(server.endpoint())) {
                stuck.send("GET /stuck HTTP/1.1\r\nHost: h\r\n\r\n");
                assertThat(other.get("/fails").status()).isEqualTo(500);
                assertThat(other.get("/memory").status()).isEqualTo(500);
                assertThat(other.get("/").text()).isEqualTo("fine");
                release.countDown();
                assertThat(stuck.answer().text()).isEqualTo("fine");
            }
        }
    }

    @Test
    void aDrainUnderLoadFailsNoRequest() throws Exception {
        CountDownLatch busy = new CountDownLatch(16);
        AtomicBoolean stop = new AtomicBoolean();
        try (HttpServer server = serve(request -> Response.text("hello"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(clients.submit(() -> {
                    try (RawClient client = RawClient.to(server.endpoint())) {
                        for (int asked = 1; !stop.get(); asked++) {
                            RawClient.Answer answer = client.get("/");
                            if (asked == 10) busy.countDown();
                            if (answer.isLast()) return client.hasEnded();
                        }
                    }
                    return false;
                }));
            }
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            DrainReport report = server.drain(Duration.ofSeconds(30));
            for (Future<Boolean> client : all) assertThat(client.get()).isTrue();
            assertThat(report.cut()).isZero();
        } finally {
            stop.set(true);
        }
    }

    @Test
    void oneConnectionTooManyIsToldToComeLater() throws IOException {
        ListenConfig listen = ListenConfig.on("127.0.0.1:0").withMaxConnections(1);
        try (HttpServer server = HttpServer.start(listen, HttpConfig.defaults(), request -> Response.text("a"));
                RawClient first = RawClient.to(server.endpoint())) {
            assertThat(first.get("/").text()).isEqualTo("a");
            try (RawClient second = RawClient.to(server.endpoint())) {
                RawClient.Answer answer = second.get("/");
                assertThat(answer.status()).isEqualTo(503);
                assertThat(answer.head()).contains("Retry-After: 1");
                assertThat(second.hasEnded()).isTrue();
            }
            assertThat(first.get("/").text()).isEqualTo("a");
        }
    }

    @Test
    void whoDoesNotFinishItsHeadGoesFirstWhenTheServerIsFull() throws IOException {
        ListenConfig listen = ListenConfig.on("127.0.0.1:0").withMaxConnections(2);
        try (HttpServer server = HttpServer.start(listen, HttpConfig.defaults(), request -> Response.text("a"));
                RawClient good = RawClient.to(server.endpoint())) {
            assertThat(good.get("/").text()).isEqualTo("a");
            try (RawClient slow = RawClient.to(server.endpoint())) {
                slow.send("GET / HTTP/1.1\r\nHost: h\r\nX: ");
                try (RawClient next = RawClient.to(server.endpoint())) {
                    assertThat(slow.hasEnded()).isTrue();
                    assertThat(next.get("/").text()).isEqualTo("a");
                }
            }
            assertThat(good.get("/").text()).isEqualTo("a");
        }
    }

    @Test
    void aStreamedBodyThatBreaksOffIsNotMistakenForWhole() throws IOException {
        HttpHandler handler = request -> Response.ok(Body.writing(sink -> {
            sink.write(Bytes.wrap(new byte[100_000]));
            throw new IllegalStateException("on purpose");
        }));
        try (HttpServer server = serve(handler);
                RawClient client = RawClient.to(server.endpoint())) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> client.get("/"))
                    .isInstanceOfAny(EOFException.class, java.net.SocketException.class, NumberFormatException.class);
        }
    }

    @Test
    void aTrustedProxySaysForWhomItSpeaks() throws IOException {
        HttpHandler handler = request -> Response.text(request.remote().toString());
        for (boolean trusted : List.of(true, false)) {
            ListenConfig listen = ListenConfig.on("127.0.0.1:0")
                    .withProtection(Protection.defaults().withProxies(peer -> trusted));
            try (HttpServer server = HttpServer.start(listen, HttpConfig.defaults(), handler);
                    RawClient client = RawClient.to(server.endpoint())) {
                client.send("PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\n");
                RawClient.Answer answer = client.get("/");
                assertThat(answer.status()).isEqualTo(trusted ? 200 : 400);
                if (trusted) assertThat(answer.text()).isEqualTo("192.0.2.1:56324");
            }
        }
    }
}
