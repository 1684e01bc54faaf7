package io.hawser.http.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.http.Filter;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import io.hawser.tcp.Rate;
import io.hawser.tcp.ShedCause;
import io.hawser.tcp.TcpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// Floods from one address of this machine, with the limits switched on for it.
@Timeout(120)
@DisabledOnOs(value = OS.MAC, disabledReason = "only 127.0.0.1 is an address of its own there")
final class ProtectionTest {
    private static final HttpHandler HELLO = request -> Response.text("hello");

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) each.close();
    }

    private HttpServer serve(ListenConfig listen, HttpConfig config, HttpHandler handler) {
        HttpServer server = HttpServer.start(listen, config, handler);
        opened.add(0, server);
        return server;
    }

    private HttpServer limited(UnaryOperator<AddressLimits> change) {
        return serve(listening(change), HttpConfig.defaults(), HELLO.nonBlocking());
    }

    private static ListenConfig listening(UnaryOperator<AddressLimits> change) {
        return ListenConfig.on("127.0.0.1:0")
                .withProtection(Protection.defaults()
                        .withExempt(nobody -> false)
                        .withPerAddress(change.apply(AddressLimits.defaults())));
    }

    private RawClient from(String address, HttpServer server) throws IOException {
        return from(address, server.endpoint());
    }

    private RawClient from(String address, Endpoint server) throws IOException {
        RawClient client = RawClient.from(address, server);
        opened.addFirst(client);
        return client;
    }

    @Test
    void tooManyNewConnectionsOfOneAddressAreAnswered429() throws IOException {
        HttpServer server = limited(limits -> limits.withArrivals(Rate.of(1, 5)));
        for (int i = 0; i < 5; i++)
            assertThat(from("127.0.0.2", server).get("/").status()).isEqualTo(200);
        RawClient.Answer refused = from("127.0.0.2", server).get("/");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.head()).contains("\r\nRetry-After: 1");
        assertThat(refused.isLast()).isTrue();
        assertThat(from("127.0.0.3", server).get("/").status()).isEqualTo(200);
        assertThat(server.stats().shed()).containsEntry(ShedCause.ADDRESS_ARRIVALS, 1L);
    }

    @Test
    void tooManyConnectionsOfOneAddressAreAnswered503() throws IOException {
        HttpServer server = limited(limits -> limits.withMaxConnections(2));
        for (int i = 0; i < 2; i++)
            assertThat(from("127.0.0.2", server).get("/").status()).isEqualTo(200);
        RawClient.Answer refused = from("127.0.0.2", server).get("/");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.head()).contains("\r\nRetry-After: 1");
        assertThat(from("127.0.0.3", server).get("/").status()).isEqualTo(200);
    }

    @Test
    void tooManyRequestsOfOneAddressAreAnswered429() throws IOException {
        HttpServer server = limited(limits -> limits.withRequests(Rate.of(1, 3)));
        RawClient client = from("127.0.0.2", server);
        for (int i = 0; i < 3; i++) assertThat(client.get("/").status()).isEqualTo(200);
        RawClient.Answer refused = client.get("/");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.head()).contains("\r\nRetry-After: 1");
        assertThat(refused.isLast()).isFalse();
        assertThat(from("127.0.0.3", server).get("/").status()).isEqualTo(200);
        await().atMost(Duration.ofSeconds(30)).until(() -> client.get("/").status() == 200);
    }

    @Test
    void aChallengeStandsBeforeRequestsOverTheRate() throws IOException {
        Filter challenge = (request, next) ->
                request.header("Proof").isPresent() ? next.handle(request) : Response.text(429, "prove it");
        TcpServer server = TcpServer.start(
                listening(limits -> limits.withRequests(Rate.of(1, 1))),
                List.of(HttpServer.protocol(HttpConfig.defaults(), HELLO, challenge)));
        opened.addFirst(server);
        RawClient client = from("127.0.0.2", server.endpoint());
        assertThat(client.get("/").text()).isEqualTo("hello");
        assertThat(client.get("/").text()).isEqualTo("prove it");
        client.send("GET / HTTP/1.1\r\nHost: h\r\nProof: 1\r\n\r\n");
        assertThat(client.answer().text()).isEqualTo("hello");
    }

    @Test
    void whoSendsTooMuchIsReadMoreSlowlyAndLosesNothing() throws Exception {
        HttpServer server = serve(
                listening(limits -> limits.withReceived(Rate.of(100_000, 10_000))), HttpConfig.defaults(), request -> {
                    return Response.text(Integer.toString(request.body().bytes().size()));
                });
        RawClient client = from("127.0.0.2", server);
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 200000\r\n\r\n")
                .send(new byte[200_000]);
        assertThat(client.answer().text()).isEqualTo("200000");
        assertThat(server.stats().shed().get(ShedCause.ADDRESS_BYTES)).isPositive();
    }

    @Test
    void whenItIsFullHealthIsStillAnsweredAndNothingElse() throws Exception {
        HttpServer server = serve(ListenConfig.on("127.0.0.1:0").withMaxConnections(2), HttpConfig.defaults(), HELLO);
        for (int i = 0; i < 2; i++)
            assertThat(from("127.0.0.1", server).get("/").status()).isEqualTo(200);
        for (int i = 0; i < 50; i++) {
            RawClient asking = from("127.0.0.1", server);
            RawClient.Answer healthy = asking.get("/health/live");
            assertThat(healthy.status()).isEqualTo(200);
            assertThat(healthy.isLast()).isTrue();
            assertThat(asking.hasEnded()).isTrue();
            asking.close();
            RawClient other = from("127.0.0.1", server);
            RawClient.Answer refused = other.get("/");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.head()).contains("\r\nRetry-After: 1");
            assertThat(refused.isLast()).isTrue();
            assertThat(other.hasEnded()).isTrue();
            other.close();
        }
        assertThat(server.stats().shed()).containsEntry(ShedCause.FULL, 50L);
    }

    /// Pain 12: as many connections as the limit and more, each with a head that does not end.
    @Test
    void slowlorisWithMoreConnectionsThanThereAreKeepsNobodyOut() throws Exception {
        HttpServer server = serve(ListenConfig.on("127.0.0.1:0").withMaxConnections(100), HttpConfig.defaults(), HELLO);
        RawClient old = from("127.0.0.1", server);
        assertThat(old.get("/").status()).isEqualTo(200);
        for (int i = 0; i < 300; i++) {
            Socket slow = new Socket(server.endpoint().host(), server.endpoint().port());
            opened.addFirst(slow);
            slow.getOutputStream().write("GET / HTTP/1.1\r\nX-Slow: ".getBytes(StandardCharsets.UTF_8));
            if (i % 10 == 0) {
                assertThat(from("127.0.0.1", server).get("/").status()).isEqualTo(200);
                assertThat(old.get("/").status()).isEqualTo(200);
            }
        }
        assertThat(server.connectionCount()).isLessThanOrEqualTo(116);
        assertThat(server.stats().shed().get(ShedCause.NEWCOMER)).isGreaterThan(100);
    }

    /// As fast as one thread can, with up to 2,000 held open: more than the server has places for all.
    @Test
    void aFloodOfTenThousandConnectionsFromOneAddressKeepsNoOtherOut() throws Exception {
        HttpServer server =
                serve(listening(limits -> limits).withMaxConnections(1000), HttpConfig.defaults(), HELLO.nonBlocking());
        RawClient old = from("127.0.0.3", server);
        Deque<Socket> flood = new ArrayDeque<>();
        try {
            for (int i = 0; i < 10_000; i++) {
                flood.add(new Socket(
                        server.endpoint().host(), server.endpoint().port(), InetAddress.getByName("127.0.0.2"), 0));
                if (flood.size() > 2000) flood.remove().close();
                if (i % 200 != 0) continue;
                assertThat(old.get("/").status()).isEqualTo(200);
                try (RawClient fresh = RawClient.from("127.0.0." + (4 + i / 1000), server.endpoint())) {
                    assertThat(fresh.get("/").status()).isEqualTo(200);
                }
            }
            assertThat(server.connectionCount()).isLessThanOrEqualTo(600);
            assertThat(server.stats().shed().get(ShedCause.ADDRESS_ARRIVALS)).isGreaterThan(5000);
        } finally {
            for (Socket each : flood) each.close();
        }
    }
}
