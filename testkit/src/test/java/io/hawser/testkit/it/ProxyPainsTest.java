package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpTimeouts;
import io.hawser.http.Proxy;
import io.hawser.http.ProxyConfig;
import io.hawser.http.Response;
import io.hawser.http.Upstream;
import io.hawser.http.UpstreamConfig;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.WeightedEndpoint;
import io.hawser.tcp.ListenConfig;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What servers behind a proxy do wrong, and what its clients see of it.
final class ProxyPainsTest {
    /// A proxy in front of a peer, and a client in front of the proxy.
    private record Row(ScriptedPeer peer, HttpClient behind, Proxy proxy, HttpServer server, HttpClient client)
            implements AutoCloseable {
        static Row of(Duration attempt, Script... scripts) throws IOException {
            ScriptedPeer peer = ScriptedPeer.start(scripts);
            HttpClient behind = HttpClient.open(HttpClientConfig.defaults()
                    .withTimeouts(HttpTimeouts.defaults().withFirstByte(Duration.ofHours(1))));
            UpstreamConfig config = UpstreamConfig.named("peer")
                    .withRetry(RetryConfig.defaults().withAttempts(1))
                    .withAttemptTimeout(attempt);
            Proxy proxy = Proxy.to(
                    Upstream.over(behind, WeightedEndpoint.equally(List.of(peer.endpoint())), config),
                    ProxyConfig.defaults());
            HttpServer server = HttpServer.start(ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), proxy);
            HttpClient client = HttpClient.open(HttpClientConfig.to("http://" + server.endpoint()));
            return new Row(peer, behind, proxy, server, client);
        }

        static Row of(Script... scripts) throws IOException {
            return of(Duration.ofSeconds(30), scripts);
        }

        @Override
        public void close() {
            client.close();
            server.close();
            proxy.close();
            behind.close();
            peer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200",
                "HTTP/1.1 200 OK\r\nContent-Le",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n",
            })
    void whatIsNoAnswerIsABadGateway(String answer) throws Exception {
        try (Row row = Row.of(Script.of().readHead().send(answer).close())) {
            Response response = row.client().get("/x").send();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.header("Content-Type")).contains("application/problem+json");
            assertThat(response.body().text())
                    .doesNotContain(row.peer().endpoint().toString());
        }
    }

    @Test
    void whoDoesNotAnswerInTimeIsAGatewayTimeout() throws Exception {
        try (Row row = Row.of(Duration.ofMillis(200), Script.of().readHead().readToEnd())) {
            assertThat(row.client().get("/x").send().status()).isEqualTo(504);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nshort",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\nZZ\r\n",
            })
    void anAnswerThatBreaksOffNeverEndsCleanly(String answer) throws Exception {
        try (Row row = Row.of(Script.of().readHead().send(answer).close())) {
            assertThatThrownBy(() -> row.client().get("/x").text()).isInstanceOf(HawserException.class);
            String raw = raw(row, "GET /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");
            assertThat(raw)
                    .doesNotContain("\r\n0\r\n\r\n")
                    .satisfiesAnyOf(
                            text -> assertThat(text).doesNotStartWith("HTTP/1.1 200"),
                            text -> assertThat(text).contains("Transfer-Encoding: chunked"),
                            text -> assertThat(text).contains("Content-Length: 100000"));
        }
    }

    private static String raw(Row row, String request) throws IOException {
        try (Socket socket = new Socket(
                row.server().endpoint().host(), row.server().endpoint().port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder all = new StringBuilder();
            InputStream in = socket.getInputStream();
            try {
                for (int octet = in.read(); octet >= 0; octet = in.read()) all.append((char) octet);
            } catch (IOException reset) {
                // as good an end as any that is not clean
            }
            return all.toString();
        }
    }

    @Test
    void aRequestHiddenInABodyStaysThere() throws Exception {
        String hidden = "GET /admin HTTP/1.1\r\nHost: h\r\n\r\n";
        Script answer = Script.of().readUntil(hidden).send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        try (Row row = Row.of(answer.readToEnd())) {
            String raw = raw(
                    row,
                    "POST /x HTTP/1.1\r\nHost: h\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + Integer.toHexString(hidden.length()) + "\r\n" + hidden + "\r\n0\r\n\r\n");
            assertThat(raw).startsWith("HTTP/1.1 200").endsWith("ok");
            assertThat(row.peer().heard())
                    .contains("POST /x HTTP/1.1", "Transfer-Encoding: chunked\r\n\r\n20\r\nGET /admin");
            String twoLengths =
                    "POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
            assertThat(raw(row, twoLengths)).startsWith("HTTP/1.1 400");
            assertThat(row.peer().accepted()).isEqualTo(1);
        }
    }

    @Test
    void aReaderThatStopsStopsTheServerBehind() throws Exception {
        String piece = "x".repeat(64 << 10);
        CountDownLatch sent = new CountDownLatch(1);
        Script endless = Script.of()
                .readHead()
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + (48L << 20) + "\r\n\r\n")
                .repeat(48 << 4, Script.of().send(piece))
                .signal(sent)
                .close();
        try (Row row = Row.of(endless);
                Body body = row.client().get("/x").send().body()) {
            assertThat(body.read().isEmpty()).isFalse();
            assertThat(sent.await(2, TimeUnit.SECONDS))
                    .as("all of 48 MiB are on their way")
                    .isFalse();
            long rest = 1;
            for (Bytes next = body.read(); !next.isEmpty(); next = body.read()) rest += next.size();
            assertThat(rest).isGreaterThan(47L << 20);
            assertThat(sent.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
