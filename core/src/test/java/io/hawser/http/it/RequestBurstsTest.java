package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpVersion;
import io.hawser.http.RequestBursts;
import io.hawser.http.Response;
import io.hawser.policy.BatcherConfig;
import io.hawser.policy.PolicyContext;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bursts as they come out of the client's sockets.
@Timeout(120)
final class RequestBurstsTest {
    private static final int CALLS = 40;
    private static final int FRAME_HEAD_BYTES = 9;
    private static final int HEADERS = 1;

    private static HttpServer serve() {
        return HttpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                HttpConfig.defaults(),
                request -> Response.text(request.path() + " " + request.body().text()));
    }

    private static HttpClient client(String base, HttpVersion version) {
        RequestBursts bursts = RequestBursts.of(
                BatcherConfig.defaults().withMaxItems(CALLS).withLinger(Duration.ofSeconds(30)),
                PolicyContext.of("burst"));
        return HttpClient.open(HttpClientConfig.to(base).withVersions(version)).with(bursts);
    }

    private static void callTogether(HttpClient client) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                String path = "/" + i;
                answers.add(threads.submit(() -> path.endsWith("1")
                        ? client.post(path).body(Body.text("body of " + path)).text()
                        : client.get(path).text()));
            }
            for (int i = 0; i < CALLS; i++) {
                String path = "/" + i;
                String body = path.endsWith("1") ? "body of " + path : "";
                assertThat(answers.get(i).get()).isEqualTo(path + " " + body);
            }
        }
    }

    @Test
    void fortyCallsAtOnceReachTheServerInOneWrite() throws Exception {
        try (HttpServer server = serve();
                Tap tap = new Tap(server.endpoint().port());
                HttpClient client = client("http://127.0.0.1:" + tap.port(), HttpVersion.HTTP_2)) {
            callTogether(client); // connects, and has room for as many calls made
            tap.pieces.clear();
            callTogether(client);
            assertThat(tap.connections).hasSize(1);
            assertThat(tap.pieces.stream().map(RequestBurstsTest::heads).filter(count -> count > 0))
                    .containsExactly(CALLS);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void everyCallGetsItsOwnAnswerInBothVersions(HttpVersion version) throws Exception {
        try (HttpServer server = serve();
                HttpClient client = client("http://" + server.endpoint(), version)) {
            callTogether(client);
            callTogether(client);
            assertThat(server.connectionCount()).isBetween(1, version == HttpVersion.HTTP_2 ? 1 : CALLS);
        }
    }

    /// How many heads are in whole frames.
    private static int heads(byte[] frames) {
        int heads = 0;
        for (int at = 0; at + FRAME_HEAD_BYTES <= frames.length; ) {
            int length = (frames[at] & 0xff) << 16 | (frames[at + 1] & 0xff) << 8 | (frames[at + 2] & 0xff);
            if (frames[at + 3] == HEADERS) heads++;
            at += FRAME_HEAD_BYTES + length;
        }
        return heads;
    }

    /// Passes bytes on, and keeps what it got from clients, a piece for each read.
    private static final class Tap implements AutoCloseable {
        final List<byte[]> pieces = new CopyOnWriteArrayList<>();
        final List<Socket> connections = new CopyOnWriteArrayList<>();
        private final List<Socket> all = new CopyOnWriteArrayList<>();
        private final List<Thread> threads = new CopyOnWriteArrayList<>();
        private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final int target;

        Tap(int target) throws IOException {
            this.target = target;
            threads.add(Thread.startVirtualThread(this::accept));
        }

        int port() {
            return listener.getLocalPort();
        }

        private void accept() {
            try {
                while (true) {
                    Socket client = listener.accept();
                    Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                    connections.add(client);
                    all.addAll(List.of(client, server));
                    threads.add(Thread.startVirtualThread(() -> pass(client, server, pieces)));
                    threads.add(Thread.startVirtualThread(() -> pass(server, client, new ArrayList<>())));
                }
            } catch (IOException ended) {
                // by close()
            }
        }

        private static void pass(Socket from, Socket to, List<byte[]> seen) {
            byte[] buffer = new byte[1 << 16];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    seen.add(Arrays.copyOf(buffer, count));
                    out.write(buffer, 0, count);
                }
                to.shutdownOutput();
            } catch (IOException ended) {
                // by either side
            }
        }

        @Override
        public void close() throws IOException {
            listener.close();
            for (Socket each : all) each.close();
            for (Thread each : threads) await().atMost(Duration.ofSeconds(30)).until(() -> !each.isAlive());
        }
    }
}
