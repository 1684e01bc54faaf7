package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.Rejected;
import io.hawser.Tls;
import io.hawser.UnexpectedStatus;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Method;
import io.hawser.http.Parameters;
import io.hawser.http.Response;
import io.hawser.http.Sink;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.io.ExecutionMode;
import io.hawser.pool.PoolStats;
import io.hawser.tcp.ListenConfig;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The client against the server of this library.
class HttpClientTest {
    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults().withMaxBodyBytes(1L << 40), handler);
    }

    private static HttpClient client(HttpServer server) {
        return HttpClient.open(HttpClientConfig.to("http://" + server.endpoint()));
    }

    private record User(String name, int age) {}

    @Test
    void everyMethodIsSentAndAnswered() {
        try (HttpServer server = serve(request -> Response.text(request.method() + " " + request.target() + " "
                        + request.body().text()));
                HttpClient client = client(server)) {
            assertThat(client.get("/a?b=1").query("c", "d e").text()).isEqualTo("GET /a?b=1&c=d+e ");
            assertThat(client.post("/p").text("hello").text()).isEqualTo("POST /p hello");
            assertThat(client.put("/p").body(Body.of(Bytes.ofUtf8("x"))).text()).isEqualTo("PUT /p x");
            assertThat(client.patch("/p").form("a", "1", "b", "ü").text()).isEqualTo("PATCH /p a=1&b=%C3%BC");
            assertThat(client.delete("/p").text()).isEqualTo("DELETE /p ");
            assertThat(client.options("/").text()).isEqualTo("OPTIONS / ");
            assertThat(client.request(Method.of("PURGE"), "/p").text()).isEqualTo("PURGE /p ");
            Response head = client.head("/h").send();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).contains(String.valueOf("HEAD /h ".length()));
            assertThat(head.body().bytes()).isEqualTo(Bytes.EMPTY);
        }
    }

    @Test
    void anEventLoopMayNeitherCallNorClose() throws Exception {
        try (HttpServer server = serve(request -> Response.text("here"));
                HttpClient client = client(server);
                NettyIoThreads threads = NettyIoThreads.shared()) {
            assertThat(client.get("/").text()).isEqualTo("here");
            for (ThrowingCallable work :
                    List.<ThrowingCallable>of(() -> client.get("/").text(), client::close)) {
                CompletableFuture<Throwable> thrown = new CompletableFuture<>();
                threads.next().execute(() -> {
                    try {
                        work.call();
                        thrown.complete(new AssertionError("it was done"));
                    } catch (Throwable failure) {
                        thrown.complete(failure);
                    }
                });
                assertThat(thrown.get(60, TimeUnit.SECONDS))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("refused on an event loop");
            }
            assertThat(client.get("/").text()).isEqualTo("here");
        }
    }

    @Test
    void anAnswerIsReadAsWhatTheCallerWants(@TempDir Path folder) throws Exception {
        HttpHandler handler = request -> switch (request.path()) {
            case "/json" -> Response.json(Map.of("name", "Ada", "age", 36));
            case "/echo" -> Response.json(request.body().as(Map.class));
            case "/lines" ->
                Response.ok(Body.writing("text/plain", sink -> {
                    for (int i = 0; i < 3; i++) {
                        sink.write(Bytes.ofUtf8("line " + i + "\n"));
                        sink.flush();
                    }
                }));
            default -> Response.text(404, "nothing at " + request.path());
        };
        try (HttpServer server = serve(handler);
                HttpClient client = client(server)) {
            assertThat(client.get("/json").as(User.class)).isEqualTo(new User("Ada", 36));
            assertThat(client.post("/echo").json(new User("Bob", 5)).as(User.class))
                    .isEqualTo(new User("Bob", 5));
            try (Stream<String> lines = client.get("/lines").lines()) {
                assertThat(lines).containsExactly("line 0", "line 1", "line 2");
            }
            List<Long> progress = new ArrayList<>();
            Path file = folder.resolve("file");
            assertThat(client.get("/lines").toFile(file, (bytes, total) -> progress.add(bytes)))
                    .isEqualTo(21);
            assertThat(Files.readString(file)).startsWith("line 0\n").hasSize(21);
            assertThat(progress.getLast()).isEqualTo(21);
            assertThat(client.get("/nothing").status()).isEqualTo(404);
            assertThat(client.get("/nothing").send().body().text()).isEqualTo("nothing at /nothing");
            assertThatThrownBy(() -> client.get("/nothing").as(User.class))
                    .isInstanceOfSatisfying(UnexpectedStatus.class, answer -> {
                        assertThat(answer.status()).isEqualTo(404);
                        assertThat(answer.content()).isEqualTo("nothing at /nothing");
                    });
            assertThatThrownBy(() -> client.get("/nothing").toFile(folder.resolve("none")))
                    .isInstanceOf(UnexpectedStatus.class);
            assertThat(folder.toFile().list()).containsExactly("file");
        }
    }

    @Test
    void aClientTellsWhatItHasToEachOrigin() {
        try (HttpServer one = serve(request -> Response.text("one"));
                HttpServer two = serve(request -> Response.text("two"));
                HttpClient client = HttpClient.open()) {
            String first = "http://" + one.endpoint();
            assertThat(client.pools()).isEmpty();
            for (int i = 0; i < 3; i++) assertThat(client.get(first).text()).isEqualTo("one");
            Response open = client.get("http://" + two.endpoint()).send();
            assertThat(client.pools()).containsOnlyKeys(first, "http://" + two.endpoint());
            await().untilAsserted(() ->
                    assertThat(client.pools()).containsEntry(first, new PoolStats(1, 0, 1, 0, 0, 1, 0, 0)));
            open.body().close();
            await().until(() -> PoolStats.sum(client.pools().values()).active() == 0);
            assertThat(PoolStats.sum(client.pools().values()).created()).isEqualTo(2);
        }
        assertThat(HttpClient.over(request -> Response.text("")).pools()).isEmpty();
    }

    @Test
    void aConnectionIsUsedAgain() {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        HttpHandler handler = request -> {
            ports.add(request.remote().port());
            return Response.ok(
                    request.path().equals("/stream")
                            ? Body.writing(sink -> sink.write(Bytes.ofUtf8("streamed")))
                            : request.body());
        };
        try (HttpServer server = serve(handler);
                HttpClient client = client(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.get("/stream").text()).isEqualTo("streamed");
                assertThat(client.post("/").text("abc").text()).isEqualTo("abc");
                InputStream stream = new ByteArrayInputStream(new byte[100_000]);
                assertThat(client.post("/").body(Body.of(stream)).bytes().size())
                        .isEqualTo(100_000);
                assertThat(client.get("/").status()).isEqualTo(200);
            }
            assertThat(ports).hasSize(1);
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void bodiesOfBothWaysStreamAtOnce() throws Exception {
        byte[] content = new byte[16 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        for (ExecutionMode mode : ExecutionMode.values()) {
            HttpHandler echo = request -> Response.ok(request.body());
            try (HttpServer server = serve(echo.in(mode));
                    HttpClient client = client(server)) {
                Body known = Body.of(new ByteArrayInputStream(content), content.length);
                assertThat(client.post("/").body(known).bytes(1 << 30).toArray())
                        .isEqualTo(content);
                Body unknown = Body.writing(sink -> {
                    for (int at = 0; at < content.length; at += 1 << 20) {
                        sink.write(Bytes.wrap(content).slice(at, at + (1 << 20)));
                    }
                });
                assertThat(client.post("/").body(unknown).bytes(1 << 30).toArray())
                        .isEqualTo(content);
                assertThat(client.post("/")
                                .body(Body.of(Bytes.wrap(content)))
                                .bytes(1 << 30)
                                .toArray())
                        .isEqualTo(content);
            }
        }
    }

    @Test
    void trailersGoBothWays() {
        HttpHandler handler = request -> {
            String content = request.body().text();
            String sum = request.body().trailers().value("Sum", "none");
            return Response.ok(Body.text(content).withTrailers(() -> Headers.of("Sum", sum + "!")));
        };
        try (HttpServer server = serve(handler);
                HttpClient client = client(server)) {
            Body sent = Body.text("abc").withTrailers(() -> Headers.of("Sum", "3"));
            Response response =
                    client.post("/").header("TE", "trailers").body(sent).send();
            assertThat(response.body().text()).isEqualTo("abc");
            assertThat(response.body().trailers().value("Sum", "")).isEqualTo("3!");
        }
    }

    @Test
    void aBodyThatIsExpectedIsSentWhenItIsAskedFor() {
        HttpHandler handler = request -> request.path().equals("/refused")
                ? Response.text(413, "no")
                : Response.text(request.body().text());
        try (HttpServer server = serve(handler);
                HttpClient client = client(server)) {
            assertThat(client.post("/").expectContinue().text("wanted").text()).isEqualTo("wanted");
            List<String> read = new ArrayList<>();
            Body unread = Body.writing(sink -> read.add("read"));
            assertThat(client.post("/refused").expectContinue().body(unread).status())
                    .isEqualTo(413);
            assertThat(read).isEmpty();
        }
    }

    @Test
    void whatAProducerThrowsIsThrownToTheCaller() {
        try (HttpServer server = serve(request -> Response.text(request.body().text()));
                HttpClient client = client(server)) {
            IllegalStateException broken = new IllegalStateException("broken");
            Body body = Body.writing(sink -> {
                sink.write(Bytes.wrap(new byte[100_000]));
                throw broken;
            });
            assertThatThrownBy(() -> client.post("/").body(body).send()).isSameAs(broken);
            assertThat(client.post("/").text("still").text()).isEqualTo("still");
        }
    }

    @Test
    void tlsIsSpokenToServersThatAreTrusted() {
        Tls identity = Tls.selfSigned();
        ListenConfig listen = ListenConfig.on("127.0.0.1:0").withTls(identity);
        HttpClientConfig config = HttpClientConfig.defaults();
        try (HttpServer server =
                        HttpServer.start(listen, HttpConfig.defaults(), request -> Response.text(request.scheme()));
                HttpClient trusting =
                        HttpClient.open(config.withTls(Tls.client().withTrustPem(identity.certificatePem())));
                HttpClient other = HttpClient.open(config)) {
            String url = "https://" + server.endpoint() + "/";
            assertThat(trusting.get(url).text()).isEqualTo("https");
            assertThatThrownBy(() -> other.get(url).text()).isInstanceOf(ConnectFailed.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidAtOnceEachTime() {
        int port;
        try (HttpServer server = serve(request -> Response.ok())) {
            port = server.endpoint().port();
        }
        try (HttpClient client = HttpClient.open()) {
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> client.get("http://127.0.0.1:" + port).text())
                        .isInstanceOf(ConnectFailed.class)
                        .hasMessage("cannot connect to 127.0.0.1:" + port + ": Connection refused");
            }
        }
    }

    @Test
    void aClosedClientRefuses() {
        HttpClient client = HttpClient.open();
        client.close();
        client.close();
        assertThatThrownBy(() -> client.get("http://localhost:1/").text()).isInstanceOf(Rejected.class);
    }

    @Test
    void tenThousandCallersAtOnceShareFewConnections() throws Exception {
        Set<Integer> ports = ConcurrentHashMap.newKeySet();
        HttpHandler handler = request -> {
            ports.add(request.remote().port());
            return Response.text("hi " + request.query("n").orElse(""));
        };
        HttpClientConfig config = HttpClientConfig.defaults();
        // The machine may be busy with other things: how long a caller waits is not what is asked here.
        HttpClientConfig patient = config.withPool(config.pool().withMaxPerOrigin(64))
                .withTimeouts(config.timeouts().withPool(Duration.ofMinutes(2)));
        try (HttpServer server = serve(handler);
                HttpClient client = HttpClient.open(patient);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                String url = "http://" + server.endpoint() + "/?n=" + i;
                answers.add(threads.submit(() -> client.get(url).text()));
            }
            for (int i = 0; i < answers.size(); i++)
                assertThat(answers.get(i).get()).isEqualTo("hi " + i);
            assertThat(ports).hasSizeLessThanOrEqualTo(64);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ExecutionMode.class,
            names = {"VIRTUAL", "LOOP_CARRIER"})
    void aHandlerPassesCallsOnAsTheyCome(ExecutionMode mode) {
        byte[] content = new byte[4 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 29) >> 2);
        HttpHandler echo = request -> Response.ok(request.body());
        try (HttpServer behind = serve(echo);
                HttpClient inner = client(behind)) {
            HttpHandler passing = request -> inner.handle(request.withoutHeader("Host"));
            try (HttpServer front = serve(passing.in(mode));
                    HttpClient client = client(front)) {
                for (int i = 0; i < 3; i++) {
                    Body body = Body.of(new ByteArrayInputStream(content));
                    assertThat(client.post("/").body(body).bytes().toArray()).isEqualTo(content);
                    assertThat(client.post("/").text("short").text()).isEqualTo("short");
                }
                assertThat(behind.connectionCount()).isLessThanOrEqualTo(2);
            }
        }
    }

    @Test
    void filtersSeeTheWholeRequest() {
        try (HttpServer server =
                        serve(request -> Response.text(request.headers().value("X-Seen", "")));
                HttpClient client = client(server)) {
            HttpClient filtered =
                    client.with((request, next) -> next.handle(request.withHeader("X-Seen", request.target())));
            assertThat(filtered.get("/a").text()).isEqualTo("http://" + server.endpoint() + "/a");
        }
    }

    @Test
    void aHandlerIsCalledWithoutASocket() {
        HttpClient client = HttpClient.over(request -> Response.text(request.method() + " " + request.target()));
        assertThat(client.get("/a").query("q", 1).text()).isEqualTo("GET http://localhost/a?q=1");
        assertThat(client.post("http://other/").form(Parameters.of("a", "b")).text())
                .isEqualTo("POST http://other/");
        client.close();
    }

    @Test
    void aSinkThatIsReadSlowlyHoldsTheServerBack() throws Exception {
        long[] written = new long[1];
        HttpHandler endless = request -> Response.ok(Body.writing(sink -> {
            while (true) write(sink, written);
        }));
        try (HttpServer server = serve(endless);
                HttpClient client = client(server)) {
            Response response = client.get("/").send();
            try (Body body = response.body()) {
                for (long read = 0; read < 4 << 20; ) read += body.read().size();
            }
            assertThat(client.get("/").send().status()).isEqualTo(200);
        }
        assertThat(written[0]).isLessThan(64L << 20);
    }

    private static void write(Sink sink, long[] written) {
        sink.write(Bytes.wrap(new byte[64 << 10]));
        written[0] += 64 << 10;
    }
}
