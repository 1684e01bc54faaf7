package io.hawser.internal.dns.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Reconnect;
import io.hawser.Resolver;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.HttpTimeouts;
import io.hawser.http.Response;
import io.hawser.internal.dns.DnsNames;
import io.hawser.internal.dns.it.NameServer.Fault;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.io.IoConfig;
import io.hawser.messaging.MessagingClient;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.WebSocket;
import io.hawser.websocket.WebSocketClientConfig;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients whose name server is silent, fails, refuses or babbles.
@Timeout(120)
final class DnsDownTest {
    private static final String NAME = "shop.example";
    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final Reconnect QUICK = Reconnect.defaults().withPauses(Duration.ofMillis(1), Duration.ofMillis(20));

    private final SessionHandler echo = (session, message) -> session.send(message);
    private NameServer server;
    private NettyIoThreads threads;
    private DnsNames names;

    @BeforeEach
    void open() throws IOException {
        server = new NameServer();
        server.lifeSeconds = 1;
        server.addresses.put(NAME + ".", "127.0.0.1");
        threads = NettyIoThreads.start(IoConfig.defaults().withThreads(1));
        names = new DnsNames(threads, Optional.of(server.address()));
    }

    @AfterEach
    void close() {
        names.close();
        threads.close();
        server.close();
    }

    private ConnectConfig connect() {
        return connect(names.cache());
    }

    private static ConnectConfig connect(Resolver resolver) {
        return ConnectConfig.defaults().withResolver(resolver);
    }

    private HttpClientConfig http() {
        return HttpClientConfig.defaults().withConnect(connect());
    }

    private MessagingClientConfig msgi(int port) {
        return MessagingClientConfig.to("c", Endpoint.of(NAME, port))
                .withConnect(connect())
                .withReconnect(QUICK);
    }

    private WebSocketClientConfig webSocket(int port) {
        return WebSocketClientConfig.to("ws://" + NAME + ":" + port + "/")
                .withConnect(connect())
                .withReconnect(QUICK);
    }

    private HttpServer serveSockets(Endpoint endpoint) {
        return HttpServer.start(
                ListenConfig.on(endpoint),
                HttpConfig.defaults(),
                request -> WebSockets.accept(request, WebSocketConfig.defaults(), echo));
    }

    /// The name server goes down, and what it said has lost its life.
    private void goesDown(Fault fault) throws InterruptedException {
        server.fault = Optional.of(fault);
        Thread.sleep(1_100);
    }

    private static void assertSaysWhichName(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(ConnectFailed.class, DeadlineExceeded.class)
                .hasMessageContaining(NAME)
                .satisfies(failure ->
                        assertThat(((HawserException) failure).processed()).isEqualTo(Processed.NO));
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILS", "REFUSES"})
    void whereItSaysNoTheCallFailsAtOnceAndSaysWhy(Fault fault) {
        server.fault = Optional.of(fault);
        String why = NAME + " does not resolve: no name server gives an answer";
        try (HttpClient client = HttpClient.open(http())) {
            assertThatThrownBy(() -> client.get("http://" + NAME + "/").text())
                    .isInstanceOf(ConnectFailed.class)
                    .hasMessageContaining(why);
        }
        assertThatThrownBy(() -> MessagingClient.open(msgi(9)))
                .isInstanceOf(ConnectFailed.class)
                .hasMessageContaining(why);
        assertThatThrownBy(() -> WebSockets.connect(webSocket(9)))
                .isInstanceOf(ConnectFailed.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "BABBLES"})
    void whereItSaysNothingTheCallIsGivenUpInTimeByName(Fault fault) {
        server.fault = Optional.of(fault);
        HttpClientConfig brief = http().withTimeouts(HttpTimeouts.defaults().withDns(SHORT));
        try (HttpClient client = HttpClient.open(brief)) {
            assertThatThrownBy(() -> client.get("http://" + NAME + "/").text())
                    .isInstanceOf(DeadlineExceeded.class)
                    .hasMessageContaining("the addresses of " + NAME);
        }
        // These may join the question that the call has asked, and hear in time that nobody answered it.
        assertSaysWhichName(() -> Deadline.within(SHORT, () -> MessagingClient.open(msgi(9))));
        assertSaysWhichName(() -> Deadline.within(SHORT, () -> WebSockets.connect(webSocket(9))));
    }

    @ParameterizedTest
    @EnumSource
    void withoutALimitOfTheCallersItEndsAllTheSame(Fault fault) {
        server.fault = Optional.of(fault);
        try (HttpClient client = HttpClient.open(http())) {
            assertSaysWhichName(() -> client.get("http://" + NAME + "/").text());
        }
        assertSaysWhichName(() -> MessagingClient.open(msgi(9)));
        assertSaysWhichName(() -> WebSockets.connect(webSocket(9)));
    }

    @ParameterizedTest
    @EnumSource
    void aCallOfHttpUsesTheAnswerThatWas(Fault fault) throws Exception {
        try (HttpServer web = HttpServer.start(
                        ListenConfig.on("127.0.0.1:0"), HttpConfig.defaults(), request -> Response.text("open"));
                HttpClient client = HttpClient.open(http())) {
            String url = "http://" + NAME + ":" + web.endpoint().port() + "/";
            // Each on a connection of its own, for which the name is looked up.
            assertThat(client.get(url).header("Connection", "close").text()).isEqualTo("open");
            assertThat(server.questions).hasValue(1);
            goesDown(fault);
            for (int i = 0; i < 3; i++) {
                assertThat(client.get(url).header("Connection", "close").text()).isEqualTo("open");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "FAILS"})
    void aMessagingClientComesBackByTheAnswerThatWas(Fault fault) throws Exception {
        MessagingServer first = MessagingServer.start(ListenConfig.on("127.0.0.1:0"), MessagingConfig.defaults(), echo);
        Endpoint endpoint = first.endpoint();
        try (MessagingClient client = MessagingClient.open(msgi(endpoint.port()))) {
            client.send(Message.text("before"));
            assertThat(client.receive().text()).isEqualTo("before");
            goesDown(fault);
            first.close();
            await().until(() -> client.state() != ConnectionState.CONNECTED);
            client.send(Message.text("meanwhile"));
            try (MessagingServer second =
                    MessagingServer.start(ListenConfig.on(endpoint), MessagingConfig.defaults(), echo)) {
                assertThat(client.receive().text()).isEqualTo("meanwhile");
                assertThat(second.endpoint()).isEqualTo(endpoint);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "FAILS"})
    void aWebSocketComesBackByTheAnswerThatWas(Fault fault) throws Exception {
        HttpServer first = serveSockets(Endpoint.of("127.0.0.1", 0));
        Endpoint endpoint = first.endpoint();
        try (WebSocket client = WebSockets.connect(webSocket(endpoint.port()))) {
            client.send(Message.text("before"));
            assertThat(client.receive().text()).isEqualTo("before");
            goesDown(fault);
            first.close();
            await().until(() -> client.state() != ConnectionState.CONNECTED);
            client.send(Message.text("meanwhile"));
            try (HttpServer second = serveSockets(endpoint)) {
                assertThat(client.receive().text()).isEqualTo("meanwhile");
                assertThat(second.endpoint()).isEqualTo(endpoint);
            }
        }
    }

    @Test
    void whoHasNoAnswerGoesOnTryingAndKeepsWhatIsToBeSent() {
        AtomicBoolean isDown = new AtomicBoolean();
        AtomicInteger asked = new AtomicInteger();
        Resolver forgetful = host -> {
            asked.incrementAndGet();
            if (isDown.get()) throw new UnknownHostException(host + ": Temporary failure in name resolution");
            return List.of(InetAddress.ofLiteral("127.0.0.1"));
        };
        MessagingServer first = MessagingServer.start(ListenConfig.on("127.0.0.1:0"), MessagingConfig.defaults(), echo);
        Endpoint endpoint = first.endpoint();
        try (MessagingClient client = MessagingClient.open(msgi(endpoint.port()).withConnect(connect(forgetful)))) {
            isDown.set(true);
            first.close();
            await().until(() -> client.state() != ConnectionState.CONNECTED);
            Receipt kept = client.send(Message.text("meanwhile"));
            try (MessagingServer second =
                    MessagingServer.start(ListenConfig.on(endpoint), MessagingConfig.defaults(), echo)) {
                int before = asked.get();
                await().until(() -> asked.get() > before + 3);
                assertThat(kept.state()).isEqualTo(Receipt.State.QUEUED);
                isDown.set(false);
                assertThat(client.receive().text()).isEqualTo("meanwhile");
                assertThat(second.endpoint()).isEqualTo(endpoint);
            }
        }
    }
}
