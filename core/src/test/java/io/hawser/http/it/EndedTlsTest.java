package io.hawser.http.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Tls;
import io.hawser.http.EventStreams;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionConfig;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A client that has ended TLS and its output, and whose connection stays.
class EndedTlsTest {
    private final BlockingQueue<CloseReason> closed = new LinkedBlockingQueue<>();
    private final SessionHandler handler = new SessionHandler() {
        @Override
        public void message(Session session, Message message) {}

        @Override
        public void closed(Session session, CloseReason reason) {
            closed.add(reason);
        }
    };

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aStreamOfEventsEndsWhenTlsSendsNothingMore(String version) throws Exception {
        SessionConfig config = SessionConfig.defaults().withPingAfter(Duration.ofMillis(200));
        try (EventStreams streams = EventStreams.of(handler, config);
                HttpServer server = HttpServer.start(
                        ListenConfig.on("127.0.0.1:0").withTls(Tls.selfSigned()), HttpConfig.defaults(), streams);
                Socket plain =
                        new Socket(server.endpoint().host(), server.endpoint().port());
                SSLSocket tls = (SSLSocket) TrustingTls.context()
                        .getSocketFactory()
                        .createSocket(plain, server.endpoint().host(), plain.getPort(), true)) {
            tls.setEnabledProtocols(new String[] {version});
            tls.setSoTimeout(30_000);
            tls.getOutputStream().write("GET / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(US_ASCII));
            readHello(tls.getInputStream());
            tls.shutdownOutput();
            assertThat(closed.poll(30, TimeUnit.SECONDS)).isNotNull();
            await().until(() -> server.connectionCount() == 0);
        }
    }

    private static void readHello(InputStream in) throws Exception {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(": hello") < 0) {
            int next = in.read();
            assertThat(next).isNotNegative();
            text.append((char) next);
        }
    }
}
