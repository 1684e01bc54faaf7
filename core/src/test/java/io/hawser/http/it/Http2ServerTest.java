package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.DrainReport;
import io.hawser.Tls;
import io.hawser.http.Body;
import io.hawser.http.EventStreams;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.internal.http2.PeerFrames;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// HTTP/2 with the JDK's client over TLS, and with raw frames in the clear.
class Http2ServerTest {
    private static final byte[] LARGE = large();

    private static byte[] large() {
        byte[] content = new byte[8 << 20];
        for (int i = 0; i < content.length; i++) content[i] = (byte) ((i * 31) >> 3);
        return content;
    }

    private static HttpServer serveTls(HttpHandler handler) {
        ListenConfig listen = ListenConfig.on("127.0.0.1:0").withTls(Tls.selfSigned());
        return HttpServer.start(listen, HttpConfig.defaults(), handler);
    }

    private static HttpServer serve(HttpHandler handler) {
        return HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), handler);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .sslContext(TrustingTls.context())
                .version(HttpClient.Version.HTTP_2)
                .build();
    }

    private static HttpRequest.Builder to(HttpServer server, String path) {
        return HttpRequest.newBuilder(
                        URI.create("https://localhost:" + server.endpoint().port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @EnumSource
    void streamsAreAnsweredInEveryMode(ExecutionMode mode) {
        HttpHandler handler = request ->
                Response.text(request.version() + " " + request.body().text());
        try (HttpServer server = serveTls(handler.in(mode));
                HttpClient client = client()) {
            List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                HttpRequest request =
                        to(server, "/").POST(BodyPublishers.ofString("abc" + i)).build();
                all.add(client.sendAsync(request, BodyHandlers.ofString()));
                // The JDK's client opens a second connection for what one does not allow; not for this test.
                if (i % 100 == 0) all.getLast().join();
            }
            for (int i = 0; i < 300; i++) {
                HttpResponse<String> answer = all.get(i).join();
                assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
                assertThat(answer.body()).isEqualTo("HTTP/2 abc" + i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLargeBodyIsEchoedAsItComes(ExecutionMode mode) throws Exception {
        HttpHandler handler = request -> Response.ok(request.body());
        try (HttpServer server = serveTls(handler.in(mode));
                HttpClient client = client()) {
            HttpRequest request =
                    to(server, "/").POST(BodyPublishers.ofByteArray(LARGE)).build();
            assertThat(client.send(request, BodyHandlers.ofByteArray()).body()).isEqualTo(LARGE);
            HttpRequest streamed = to(server, "/")
                    .POST(BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(LARGE)))
                    .build();
            assertThat(client.send(streamed, BodyHandlers.ofByteArray()).body()).isEqualTo(LARGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileIsSentWhole(ExecutionMode mode, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("file"), LARGE);
        HttpHandler handler = request -> Response.ok(Body.file(file));
        try (HttpServer server = serveTls(handler.in(mode));
                HttpClient client = client()) {
            HttpResponse<byte[]> answer = client.send(to(server, "/").build(), BodyHandlers.ofByteArray());
            assertThat(answer.body()).isEqualTo(LARGE);
        }
    }

    @Test
    void aResetInterruptsTheHandler() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        HttpHandler handler = request -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException reset) {
                interrupted.countDown();
                throw reset;
            }
            return Response.noContent();
        };
        try (HttpServer server = serve(handler);
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(client.frames.get(1, "/"));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            client.send(client.frames.reset(1, 8));
            assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void eventStreamsShareAConnectionAndEndWithTheirReset() throws Exception {
        BlockingQueue<Session> opened = new LinkedBlockingQueue<>();
        CountDownLatch closed = new CountDownLatch(1);
        EventStreams events = EventStreams.of(new SessionHandler() {
            @Override
            public void opened(Session session) {
                opened.add(session);
            }

            @Override
            public void message(Session session, Message message) {}

            @Override
            public void closed(Session session, CloseReason reason) {
                closed.countDown();
            }
        });
        try (HttpServer server = serve(events);
                Http2Client client = Http2Client.to(server.endpoint())) {
            client.send(client.frames.get(1, "/"), client.frames.get(3, "/"));
            for (int i = 0; i < 2; i++)
                assertThat(opened.poll(30, TimeUnit.SECONDS)).isNotNull();
            events.sessions().broadcast(Message.text("all"));
            Set<String> waitingFor = new HashSet<>(Set.of("DATA 1", "DATA 3"));
            List<String> came = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (!waitingFor.isEmpty()) {
                came.add(client.next());
                assertThat(came).doesNotContain("END");
                assertThat(System.nanoTime() - end).as("%s", came).isNegative();
                if (came.getLast().endsWith("data: all\n\n")) {
                    waitingFor.remove(came.getLast().substring(0, 6));
                }
            }
            client.send(client.frames.reset(1, 8));
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(events.sessions().count()).isEqualTo(1);
            events.close();
            assertThat(client.answer(3)).last().asString().startsWith("DATA 3 END_STREAM");
        }
    }

    @Test
    void aDrainUnderLoadFailsNoRequest() throws Exception {
        CountDownLatch busy = new CountDownLatch(8);
        AtomicBoolean stop = new AtomicBoolean();
        try (HttpServer server = serve(request -> Response.text("hello"));
                ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) all.add(clients.submit(() -> askUntilDrained(server, busy, stop)));
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            DrainReport report = server.drain(Duration.ofSeconds(30));
            for (Future<String> client : all) assertThat(client.get()).isEqualTo("drained");
            assertThat(report.cut()).isZero();
        } finally {
            stop.set(true);
        }
    }

    /// Keeps four streams busy until the server says which was the last, and sees that all up to it are
    /// answered.
    private static String askUntilDrained(HttpServer server, CountDownLatch busy, AtomicBoolean stop)
            throws IOException {
        try (Http2Client client = Http2Client.to(server.endpoint())) {
            int asked = 0;
            int answered = 0;
            int last = Integer.MAX_VALUE;
            for (int i = 0; i < 4; i++) client.send(client.frames.get(2 * asked++ + 1, "/"));
            while (!stop.get()) {
                String line = client.next();
                if (line.equals("END")) {
                    int accepted = Math.min(asked, (last + 1) / 2);
                    return answered == accepted ? "drained" : answered + " of " + accepted + " answered";
                }
                if (line.startsWith("GOAWAY last=")) last = Integer.parseInt(line.split("[= ]", 0)[2]);
                if (line.startsWith("PING ")) client.send(client.frames.pong(line.substring(5)));
                if (!line.startsWith("DATA ") || !line.contains("END_STREAM")) continue;
                if (++answered == 100) busy.countDown();
                if (last == Integer.MAX_VALUE) client.send(client.frames.get(2 * asked++ + 1, "/"));
            }
            return "stopped";
        }
    }

    @Test
    void aDrainUnderLoadOfTheJdksClientFailsNothingButNewConnections() throws Exception {
        CountDownLatch busy = new CountDownLatch(8);
        try (HttpServer server = serveTls(request -> Response.text("hello"));
                HttpClient client = client();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Throwable>> all = new ArrayList<>();
            HttpRequest request = to(server, "/").build();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    for (int asked = 1; ; asked++) {
                        try {
                            assertThat(client.send(request, BodyHandlers.ofString())
                                            .body())
                                    .isEqualTo("hello");
                            if (asked == 20) busy.countDown();
                        } catch (IOException ended) {
                            return ended;
                        }
                    }
                }));
            }
            assertThat(busy.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(server.drain(Duration.ofSeconds(30)).cut()).isZero();
            for (Future<Throwable> each : all) assertThat(each.get()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void oneConnectionTooManyIsToldSo() throws IOException {
        ListenConfig listen = ListenConfig.on("127.0.0.1:0")
                .withMaxConnections(1)
                .withProtection(Protection.defaults().withReserve(0));
        try (HttpServer server = HttpServer.start(listen, HttpConfig.defaults(), request -> Response.text("a"));
                Http2Client first = Http2Client.to(server.endpoint())) {
            assertThat(first.send(first.frames.get(1, "/")).answer(1)).hasSize(2);
            try (Http2Client second = Http2Client.to(server.endpoint())) {
                assertThat(second.next()).startsWith("SETTINGS");
                assertThat(second.next()).isEqualTo("GOAWAY last=0 code=11");
                assertThat(second.next()).isEqualTo("END");
            }
        }
    }

    @Test
    void theFirstRequestOfOneConnectionTooManyIsAnswered503() throws IOException {
        ListenConfig listen = ListenConfig.on("127.0.0.1:0")
                .withMaxConnections(1)
                .withProtection(Protection.defaults().withReserve(0));
        try (HttpServer server = HttpServer.start(listen, HttpConfig.defaults(), request -> Response.text("a"));
                Http2Client first = Http2Client.to(server.endpoint())) {
            assertThat(first.send(first.frames.get(1, "/")).answer(1)).hasSize(2);
            try (Http2Client second = Http2Client.silent(server.endpoint())) {
                PeerFrames frames = second.frames;
                second.send(frames.preface(), frames.settings(), frames.get(1, "/"), frames.get(3, "/"));
                assertThat(second.next()).startsWith("SETTINGS");
                assertThat(second.next()).startsWith("HEADERS 1 ").contains(":status=503", "retry-after=1");
                assertThat(second.next()).startsWith("DATA 1 END_STREAM").contains("too many connections");
                assertThat(second.next()).isEqualTo("GOAWAY last=1 code=11");
                assertThat(second.next()).isEqualTo("END");
            }
        }
    }

    @Test
    void withoutAlpnThereIsNoHttp2InsideTls() throws Exception {
        try (HttpServer server = serveTls(request -> Response.text("a"));
                SSLSocket socket = (SSLSocket) TrustingTls.context()
                        .getSocketFactory()
                        .createSocket("127.0.0.1", server.endpoint().port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(new io.hawser.internal.http2.PeerFrames().preface());
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertThat(answer).startsWith("HTTP/1.1 ").containsAnyOf(" 505 ", " 400 ");
        }
    }
}
