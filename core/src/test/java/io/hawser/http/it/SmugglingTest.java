package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Proxy;
import io.hawser.internal.http.Targets;
import io.hawser.pool.PoolStats;
import io.hawser.tcp.ListenConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Our proxy before servers of others: whatever a client sends, they see the requests that we saw, and no
/// other.
@Timeout(300)
final class SmugglingTest {
    private static final String NODE = """
            const server = require('http').createServer((request, response) => {
              request.resume().on('end', () => {
                require('fs').appendFileSync(process.argv[1], request.method + ' ' + request.url + '\\n');
                response.end('ok');
              });
            });
            server.listen(0, '127.0.0.1', () => console.log(server.address().port));
            """;
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: h\r\nX: ";

    /// What two readers could understand differently, each before a hidden request.
    private static List<String> attacks() {
        List<String> attacks = new ArrayList<>();
        for (String coding : List.of(
                "Transfer-Encoding: chunked",
                "Transfer-Encoding:chunked",
                "Transfer-Encoding : chunked",
                "Transfer-Encoding: xchunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                "Transfer-Encoding: x\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: \tchunked",
                "Transfer-Encoding:\u000bchunked",
                "X: y\nTransfer-Encoding: chunked",
                "X: y\rTransfer-Encoding: chunked",
                "Transfer-Encoding\r\n : chunked",
                "Transfer-Encoding: identity, chunked",
                "Transfer-Encoding: chunked, identity",
                "Transfer-Encoding: \"chunked\"",
                "Transfer-Encoding: chunked;q=1",
                "transfer_encoding: chunked",
                "Transfer-Encoding: CHUNKED",
                "Transfer-Encoding: chunked\u0000",
                "\u0000Transfer-Encoding: chunked")) {
            attacks.add("POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n" + coding + "\r\n\r\n0\r\n\r\n" + HIDDEN);
            attacks.add(
                    "POST /b HTTP/1.1\r\nHost: h\r\n" + coding + "\r\nContent-Length: 60\r\n\r\n0\r\n\r\n" + HIDDEN);
            attacks.add("POST /c HTTP/1.1\r\nHost: h\r\n" + coding + "\r\n\r\n0\r\n\r\n" + HIDDEN);
        }
        for (String length :
                List.of("+5", "-5", "5 5", "5,5", "5, 6", "0x5", "5\r\nContent-Length: 6", "5_0", " 5", "5;")) {
            attacks.add("POST /d HTTP/1.1\r\nHost: h\r\nContent-Length: " + length + "\r\n\r\nhello" + HIDDEN);
        }
        for (String chunk : List.of(
                "5\nhello\r\n0\r\n\r\n",
                "5;\nx\r\nhello\r\n0\r\n\r\n",
                "5;x=\"\r\n\"\r\nhello\r\n0\r\n\r\n",
                "0x5\r\nhello\r\n0\r\n\r\n",
                "5 \r\nhello\r\n0\r\n\r\n",
                "+5\r\nhello\r\n0\r\n\r\n",
                "5\r\nhelloX0\r\n\r\n",
                "100000000000000005\r\nhello\r\n0\r\n\r\n",
                "5\r\nhello\r\n0\r\nHost: other\r\n\r\n",
                "5\r\nhello\r\n0\r\n\n",
                "00\r\n\r\n")) {
            attacks.add("POST /e HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk + HIDDEN);
        }
        for (String first : List.of(
                "GET /f HTTP/1.1\r\nHost: h\r\nContent-Length: 20\r\n\r\n",
                "GET /f HTTP/1.1\r\nHost: h\r\nConnection: Content-Length\r\nContent-Length: 30\r\n\r\n",
                "GET /f HTTP/1.1\r\nHost: h\r\nConnection: X, close\r\nX: y\r\n\r\n",
                "GET /f HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "GET /f\tHTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /f HTTP/1.1\nHost: h\n\n",
                "GET /f%0d%0aGET%20/hidden HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /f%20HTTP/1.1%0d%0aX:y HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET http://h/f HTTP/1.1\r\nHost: other\r\n\r\n",
                "GET /f HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 40\r\n\r\n",
                "GET /f HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n",
                "GET /f HTTP/1.1\r\nHost: h\r\nUpgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: \r\n\r\n",
                "HEAD /f HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\n",
                "POST /f HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: Host\r\n\r\n0\r\nX: y\r\n\r\n")) {
            attacks.add(first + HIDDEN);
        }
        return attacks;
    }

    /// Plays every attack through a proxy to `behind`, which notes what it sees in `log`, and compares what
    /// both saw.
    private static void attack(String behind, Path log) throws IOException {
        Endpoint endpoint = Endpoint.parse(behind.substring("http://".length()));
        List<String> forwarded = new CopyOnWriteArrayList<>();
        try (HttpClient client = HttpClient.open(HttpClientConfig.defaults());
                Proxy proxy = Proxy.to(List.of(endpoint), client)) {
            HttpHandler noting = request -> {
                forwarded.add(request.method() + " " + Targets.originForm(request.method(), request.target()));
                return proxy.handle(request);
            };
            try (HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), noting)) {
                int number = 0;
                for (String attack : attacks()) {
                    play(server.endpoint(), attack);
                    String mark = "/mark/" + number++;
                    try (RawClient next = RawClient.to(server.endpoint())) {
                        assertThat(next.get(mark).text()).as(attack).isEqualTo("ok");
                    }
                    await().until(() -> Files.readAllLines(log).contains("GET " + mark));
                    // A request that was forwarded may have been refused there, but there is none that was not.
                    assertThat(forwarded).as(attack).containsSubsequence(Files.readAllLines(log));
                    assertThat(Files.readAllLines(log)).as(attack).doesNotContain("GET /hidden");
                }
                await().until(() -> server.stats().connections() == 0
                        && PoolStats.sum(client.pools().values()).active() == 0);
            }
        }
        assertThat(Files.readAllLines(log)).hasSizeGreaterThan(attacks().size());
    }

    /// Sends `attack` and reads until there is nothing more for a moment.
    private static void play(Endpoint proxy, String attack) throws IOException {
        try (Socket socket = new Socket(proxy.host(), proxy.port())) {
            socket.getOutputStream().write(attack.getBytes(StandardCharsets.ISO_8859_1));
            socket.setSoTimeout(30);
            byte[] answers = new byte[64 << 10];
            while (socket.getInputStream().read(answers) >= 0) {}
        } catch (SocketTimeoutException waiting) {
            // it waits for the rest of a request, which does not come
        } catch (IOException reset) {
            assertThat(reset).isNotNull();
        }
    }

    @Test
    void nodeSeesTheRequestsThatWeSaw(@TempDir Path folder) throws Exception {
        Path log = Files.createFile(folder.resolve("seen"));
        try (RealServer node = RealServer.start("node", "-e", NODE, log.toString())) {
            attack(node.url(), log);
        }
    }

    @Test
    void nginxSeesTheRequestsThatWeSaw(@TempDir Path folder) throws Exception {
        String seen = """
                log_format seen '$request_method $request_uri';
                access_log FOLDER/seen seen;
                server { listen 127.0.0.1:PORT0; location / { return 200 'ok'; } }
                """;
        try (Nginx nginx = Nginx.start(folder, seen)) {
            attack(nginx.url(0), folder.resolve("seen"));
        }
    }
}
