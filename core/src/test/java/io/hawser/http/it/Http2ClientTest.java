package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ConnectFailed;
import io.hawser.Tls;
import io.hawser.http.Body;
import io.hawser.http.CallTimings;
import io.hawser.http.Headers;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.tcp.ListenConfig;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// The client over HTTP/2.
class Http2ClientTest {
    private static final Tls IDENTITY = Tls.selfSigned();
    private static final String NODE = """
            const http2 = require('http2');
            let sessions = 0, open = 0, most = 0;
            const server = http2.createServer({settings: {maxConcurrentStreams: 10}});
            server.on('session', () => sessions++);
            server.on('stream', (stream, headers) => {
              most = Math.max(most, ++open);
              stream.on('close', () => open--);
              if (headers[':path'] === '/sessions') { stream.respond(); return stream.end(String(sessions)); }
              if (headers[':path'] === '/trailers') {
                stream.respond({':status': 200}, {waitForTrailers: true});
                stream.on('wantTrailers', () => stream.sendTrailers({sum: '2'}));
                return stream.end('hi');
              }
              stream.respond({':status': 200, 'x-method': headers[':method']});
              stream.pipe(stream);
            });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """;

    private static HttpServer serve(HttpHandler handler) {
        HttpConfig config = HttpConfig.defaults().withMaxBodyBytes(1L << 40);
        return HttpServer.start(ListenConfig.on("127.0.0.1:0").withTls(IDENTITY), config, handler);
    }

    private static HttpClientConfig trusting() {
        return HttpClientConfig.defaults().withTls(Tls.client().withTrustPem(IDENTITY.certificatePem()));
    }

    private static HttpClient client(HttpServer server) {
        return HttpClient.open(trusting().withBaseUrl("https://" + server.endpoint()));
    }

    @Test
    void theServerChoosesTheVersion() {
        try (HttpServer server = serve(request -> Response.text(request.version() + " " + request.scheme()));
                HttpClient both = client(server);
                HttpClient old = HttpClient.open(
                        trusting().withBaseUrl("https://" + server.endpoint()).withVersions(HttpVersion.HTTP_1_1));
                HttpClient known = HttpClient.open(trusting().withVersions(HttpVersion.HTTP_2))) {
            CallTimings timings = new CallTimings();
            assertThat(both.get("/").attribute(CallTimings.KEY, timings).text()).isEqualTo("HTTP/2 https");
            assertThat(timings.version()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(old.get("/").text()).isEqualTo("HTTP/1.1 https");
            try (HttpServer plain = HttpServer.start(
                    ListenConfig.on("127.0.0.1:0"),
                    HttpConfig.defaults(),
                    request -> Response.text(request.version() + " " + request.scheme()))) {
                String url = "http://" + plain.endpoint() + "/";
                assertThat(both.get(url).text()).isEqualTo("HTTP/1.1 http");
                assertThat(known.get(url).text()).isEqualTo("HTTP/2 http");
            }
        }
    }

    @Test
    void aServerWithoutItIsSaidWhereNothingElseIsWanted() throws Exception {
        try (RealServer python = RealServer.start(
                        "python3",
                        "-c",
                        "import http.server as h;s=h.HTTPServer(('127.0.0.1',0),h.SimpleHTTPRequestHandler);"
                                + "print(s.server_port,flush=True);s.serve_forever()");
                HttpClient client = HttpClient.open(HttpClientConfig.to(python.url())
                        .withVersions(HttpVersion.HTTP_2)
                        .withTimeouts(HttpClientConfig.defaults().timeouts().withTls(Duration.ofSeconds(1))))) {
            assertThatThrownBy(() -> client.get("/").text()).isInstanceOf(io.hawser.HawserException.class);
        }
    }

    @Test
    void fiveHundredFirstCallsShareOneConnection() throws Exception {
        CountDownLatch together = new CountDownLatch(1);
        try (HttpServer server =
                        serve(request -> Response.text("n " + request.query("n").orElse("")));
                HttpClient client = client(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                int number = i;
                answers.add(threads.submit(() -> {
                    together.await();
                    return client.get("/")
                            .query("n", number)
                            .timeout(Duration.ofMinutes(1))
                            .text();
                }));
            }
            together.countDown();
            for (int i = 0; i < answers.size(); i++)
                assertThat(answers.get(i).get()).isEqualTo("n " + i);
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void bodiesOfBothWaysStreamAtOnceBesideEachOther() throws Exception {
        byte[] content = new byte[4 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        try (HttpServer server = serve(request -> Response.ok(request.body()));
                HttpClient client = client(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Bytes>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Body body = i % 2 == 0
                        ? Body.of(new ByteArrayInputStream(content))
                        : Body.of(new ByteArrayInputStream(content), content.length);
                answers.add(threads.submit(() -> client.post("/").body(body).bytes()));
            }
            for (Future<Bytes> answer : answers) assertThat(answer.get()).isEqualTo(Bytes.wrap(content));
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void aBodyThatNobodyReadsHoldsUpNoOtherCall() {
        HttpHandler handler = request -> request.path().equals("/large")
                ? Response.ok(Body.of(Bytes.wrap(new byte[8 << 20])))
                : Response.text("small");
        try (HttpServer server = serve(handler);
                HttpClient client = client(server)) {
            List<Response> unread = new ArrayList<>();
            for (int i = 0; i < 8; i++) unread.add(client.get("/large").send());
            for (int i = 0; i < 20; i++) assertThat(client.get("/").text()).isEqualTo("small");
            assertThat(unread.getFirst().body().bytes().size()).isEqualTo(8 << 20);
            unread.forEach(response -> response.body().close());
            assertThat(client.get("/").text()).isEqualTo("small");
            assertThat(server.connectionCount()).isEqualTo(1);
        }
    }

    @Test
    void headsTrailersAndExpectationsAreThoseOfHttp1() {
        HttpHandler handler = request -> {
            if (request.path().equals("/refused")) return Response.text(413, "no");
            String content = request.body().text();
            String sum = request.body().trailers().value("Sum", "none");
            return Response.ok(Body.text(content).withTrailers(() -> Headers.of("Sum", sum + "!")));
        };
        try (HttpServer server = serve(handler);
                HttpClient client = client(server)) {
            Body sent = Body.text("abc").withTrailers(() -> Headers.of("Sum", "3"));
            Response response = client.post("/").body(sent).send();
            assertThat(response.body().text()).isEqualTo("abc");
            assertThat(response.body().trailers().value("Sum", "")).isEqualTo("3!");
            assertThat(client.post("/").expectContinue().text("wanted").text()).isEqualTo("wanted");
            List<String> read = new ArrayList<>();
            assertThat(client.post("/refused")
                            .expectContinue()
                            .body(Body.writing(sink -> read.add("read")))
                            .status())
                    .isEqualTo(413);
            assertThat(read).isEmpty();
            assertThat(client.head("/").status()).isEqualTo(200);
            assertThat(client.post("/").text()).isEmpty();
        }
    }

    @Test
    void aServerThatDrainsFailsNoCallUnderWay() throws Exception {
        CountDownLatch handled = new CountDownLatch(20);
        CountDownLatch go = new CountDownLatch(1);
        HttpHandler slow = request -> {
            handled.countDown();
            go.await();
            return Response.text("done");
        };
        try (HttpServer server = serve(slow);
                HttpClient client = client(server);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++)
                answers.add(threads.submit(() -> client.get("/").text()));
            handled.await();
            Future<?> drained = threads.submit(() -> server.drain(Duration.ofSeconds(30)));
            go.countDown();
            for (Future<String> answer : answers) assertThat(answer.get()).isEqualTo("done");
            drained.get();
            assertThatThrownBy(() -> client.get("/").text()).isInstanceOf(ConnectFailed.class);
        }
    }

    @Test
    void aPeerThatAllowsTenStreamsIsAskedForNoMore() throws Exception {
        try (RealServer node = RealServer.start("node", "-e", NODE);
                HttpClient client = HttpClient.open(HttpClientConfig.to(node.url())
                        .withVersions(HttpVersion.HTTP_2)
                        .withTimeouts(HttpClientConfig.defaults().timeouts().withPool(Duration.ofMinutes(1))));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String text = "n" + i;
                answers.add(threads.submit(() -> client.post("/").text(text).text()));
            }
            for (int i = 0; i < answers.size(); i++)
                assertThat(answers.get(i).get()).isEqualTo("n" + i);
            int connections = Integer.parseInt(client.get("/sessions").text());
            assertThat(connections).isBetween(1, 64);
            Response response = client.get("/trailers").send();
            assertThat(response.body().text()).isEqualTo("hi");
            assertThat(response.body().trailers().value("sum", "")).isEqualTo("2");
            byte[] content = new byte[3 << 20];
            assertThat(client.put("/")
                            .body(Body.of(new ByteArrayInputStream(content)))
                            .bytes()
                            .size())
                    .isEqualTo(content.length);
        }
    }
}
