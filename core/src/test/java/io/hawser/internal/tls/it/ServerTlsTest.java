package io.hawser.internal.tls.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.Tls.ClientVerification;
import io.hawser.Tls.Protocol;
import io.hawser.TlsIdentity;
import io.hawser.internal.tls.Pki;
import io.hawser.internal.tls.ServerTls;
import io.netty.pkitesting.CertificateBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Handshakes of the server's side with the JDK's own sockets.
class ServerTlsTest {
    private static final String BOTH = """
            JDK, TLS_1_2
            JDK, TLS_1_3
            OPENSSL, TLS_1_2
            OPENSSL, TLS_1_3
            """;

    private static Pki pki;
    private static Pki strangers;
    private static TlsIdentity.InMemory identity;

    @BeforeAll
    static void issueCertificates() throws Exception {
        pki = new Pki();
        strangers = new Pki();
        identity = Pki.identity(pki.issue());
    }

    private static Tls server(Tls.Provider provider) {
        return Tls.client().withIdentity(identity).withProvider(provider);
    }

    private static JdkClient client() throws Exception {
        return new JdkClient(pki.rootPem(), null);
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void bothProvidersSpeakBothVersions(Tls.Provider provider, Protocol protocol) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider));
                SSLSocket socket = client().connect(server.port(), protocol.standardName())) {
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol.standardName());
            assertThat(socket.getSession().getCipherSuite()).contains("GCM");
            assertThat(JdkClient.echo(socket, "x".repeat(100_000))).hasSize(100_000);
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aVersionThatIsNotConfiguredIsRefused(Tls.Provider provider, Protocol only) throws Exception {
        Protocol other = only == Protocol.TLS_1_2 ? Protocol.TLS_1_3 : Protocol.TLS_1_2;
        try (TlsEchoServer server = new TlsEchoServer(server(provider).withProtocols(only));
                SSLSocket refused = client().connect(server.port(), other.standardName());
                SSLSocket good = client().connect(server.port())) {
            assertThatExceptionOfType(SSLException.class)
                    .isThrownBy(refused::startHandshake)
                    .withMessageContaining("protocol_version");
            assertThat(JdkClient.echo(good, "hello")).isEqualTo("hello");
            assertThat(good.getSession().getProtocol()).isEqualTo(only.standardName());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void olderVersionsAreRefusedWithTheirAlert(Tls.Provider provider) throws Exception {
        for (String version : new String[] {"0300", "0301", "0302"}) {
            try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2");
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(HexFormat.of().parseHex(oldHello(version)));
                byte[] alert = socket.getInputStream().readAllBytes();
                assertThat(alert).as(version).hasSize(7).startsWith(21, 3).endsWith(2, 70);
            }
        }
    }

    /// A hello as clients of that version sent it, without extensions but the curves.
    private static String oldHello(String version) {
        String ciphers = "000cc009c00ac013c014002f0035";
        String extensions = "000e" + "000a000400020017" + "000b00020100";
        String body = version + "11".repeat(32) + "00" + ciphers + "0100" + extensions;
        int length = body.length() / 2;
        return String.format("160301%04x01%06x%s", length + 4, length, body);
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aClientMustShowACertificateWhereOneIsRequired(Tls.Provider provider, Protocol protocol) throws Exception {
        Tls tls = server(provider).withTrustPem(pki.rootPem()).withClientVerification(ClientVerification.REQUIRED);
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            assertThat(echoes(server, pki, protocol)).isTrue();
            assertThat(echoes(server, null, protocol)).isFalse();
            assertThat(echoes(server, strangers, protocol)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aClientMayShowACertificateWhereOneIsWantedButNoneOfAStranger(Tls.Provider provider, Protocol protocol)
            throws Exception {
        Tls tls = server(provider).withTrustPem(pki.rootPem()).withClientVerification(ClientVerification.WANT);
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            assertThat(echoes(server, pki, protocol)).isTrue();
            assertThat(echoes(server, null, protocol)).isTrue();
            assertThat(echoes(server, strangers, protocol)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aCertificateThatNobodyAskedForDoesNotMatter(Tls.Provider provider, Protocol protocol) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider))) {
            assertThat(echoes(server, strangers, protocol)).isTrue();
        }
    }

    /// @param issuer of the client's certificate; null: it has none
    private static boolean echoes(TlsEchoServer server, @Nullable Pki issuer, Protocol protocol) throws Exception {
        JdkClient client = new JdkClient(pki.rootPem(), issuer == null ? null : Pki.identity(issuer.issue()));
        try (SSLSocket socket = client.connect(server.port(), protocol.standardName())) {
            return JdkClient.echo(socket, "hello").equals("hello");
        } catch (IOException refused) {
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void theServersFirstChoiceAmongTheClientsProtocolsIsTaken(Tls.Provider provider, Protocol protocol)
            throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2", "http/1.1", "msgi");
                SSLSocket socket = offering(server, protocol, "spdy/1", "msgi", "http/1.1")) {
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
            assertThat(server.protocols.poll(30, SECONDS)).isEqualTo("http/1.1");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aClientWithOtherProtocolsOnlyIsRefusedWithTheAlertForIt(Tls.Provider provider, Protocol protocol)
            throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2", "msgi");
                SSLSocket socket = offering(server, protocol, "spdy/1", "h2c")) {
            assertThatExceptionOfType(SSLHandshakeException.class)
                    .isThrownBy(socket::startHandshake)
                    .withMessageContaining("no_application_protocol");
            assertThat(server.failures.poll(30, SECONDS)).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aClientWithoutProtocolsIsServed(Tls.Provider provider, Protocol protocol) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2", "msgi");
                SSLSocket socket = offering(server, protocol)) {
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(server.protocols.poll(30, SECONDS)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aServerWithoutProtocolsIgnoresTheOffer(Tls.Provider provider, Protocol protocol) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider));
                SSLSocket socket = offering(server, protocol, "h2")) {
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
            assertThat(socket.getApplicationProtocol()).isEmpty();
        }
    }

    private static SSLSocket offering(TlsEchoServer server, Protocol protocol, String... alpn) throws Exception {
        return client().connect("localhost", server.port(), parameters -> {
            parameters.setProtocols(new String[] {protocol.standardName()});
            parameters.setApplicationProtocols(alpn);
        });
    }

    @ParameterizedTest
    @CsvSource(textBlock = BOTH)
    void aSessionIsResumed(Tls.Provider provider, Protocol protocol) throws Exception {
        JdkClient client = client();
        try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2")) {
            try (SSLSocket first = client.connect(server.port(), protocol.standardName())) {
                JdkClient.echo(first, "hello");
                first.getSession().putValue("mark", "made by the first connection");
            }
            try (SSLSocket second = client.connect(server.port(), protocol.standardName())) {
                JdkClient.echo(second, "hello");
                assertThat(second.getSession().getValue("mark")).isEqualTo("made by the first connection");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aConnectionThatNeverBeginsItsHandshakeIsClosed(Tls.Provider provider) throws Exception {
        Tls tls = server(provider).withHandshakeTimeout(Duration.ofMillis(50));
        try (TlsEchoServer server = new TlsEchoServer(tls, "h2");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aClientCannotRenegotiate(Tls.Provider provider) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider));
                SSLSocket socket = client().connect(server.port(), "TLSv1.2")) {
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                socket.startHandshake();
                JdkClient.echo(socket, "hello again");
                throw new IllegalStateException("it went on");
            });
            await().until(() -> !server.failures.isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void bytesThatAreNoTlsEndTheConnection(Tls.Provider provider) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2");
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(8);
        }
    }

    @Test
    void onlyTheConfiguredCiphersAreSpoken() throws Exception {
        String newer = "TLS_CHACHA20_POLY1305_SHA256";
        String older = "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256";
        Tls both = server(Tls.Provider.AUTO).withCiphers(newer, older);
        Tls tls12 = server(Tls.Provider.OPENSSL).withProtocols(Protocol.TLS_1_2).withCiphers(older);
        assertThat(cipher(both, "TLSv1.3")).isEqualTo(newer);
        assertThat(cipher(both, "TLSv1.2")).isEqualTo(older);
        assertThat(cipher(tls12, "TLSv1.2")).isEqualTo(older);
    }

    private static String cipher(Tls tls, String protocol) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(tls);
                SSLSocket socket = client().connect(server.port(), protocol)) {
            JdkClient.echo(socket, "hello");
            return socket.getSession().getCipherSuite();
        }
    }

    @Test
    void aKeyThatBoringSslCannotUseGoesToTheJdk() throws Exception {
        TlsIdentity.InMemory edwards =
                Pki.identity(pki.issue(new CertificateBuilder().algorithm(CertificateBuilder.Algorithm.ed25519)));
        Tls tls = Tls.client().withIdentity(edwards);
        try (TlsEchoServer server = new TlsEchoServer(tls);
                SSLSocket socket = client().connect(server.port())) {
            assertThat(server.tls().provider()).isEqualTo("JDK 25");
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
        }
        assertRefused(
                tls.withProvider(Tls.Provider.OPENSSL),
                "TLS: BoringSSL takes RSA and EC keys only: choose provider JDK");
    }

    @Test
    void settingsThatDoNotFitStopTheStart() {
        assertRefused(Tls.client(), "TLS: a server needs a certificate and its key");
        assertRefused(
                server(Tls.Provider.JDK).withClientVerification(ClientVerification.WANT),
                "TLS: clientVerification WANT needs trust: the certificates that sign those of the clients");
        assertRefused(
                server(Tls.Provider.OPENSSL).withCiphers("TLS_AES_256_GCM_SHA384", "TLS_ECDHE_X_WITH_Y"),
                "TLS: BoringSSL speaks all ciphers of TLSv1.3 or none: list TLS_AES_128_GCM_SHA256,"
                        + " TLS_AES_256_GCM_SHA384, TLS_CHACHA20_POLY1305_SHA256, or choose provider JDK");
        for (Tls.Provider provider : List.of(Tls.Provider.JDK, Tls.Provider.OPENSSL)) {
            Tls tls = server(provider).withProtocols(Protocol.TLS_1_2).withCiphers("TLS_ECDHE_X_WITH_Y");
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> ServerTls.start(tls, List.of()))
                    .withMessageMatching("TLS: (JDK 25|BoringSSL) has no cipher TLS_ECDHE_X_WITH_Y");
        }
    }

    private static void assertRefused(Tls tls, String message) {
        assertThatExceptionOfType(StartupFailed.class)
                .isThrownBy(() -> ServerTls.start(tls, List.of()))
                .withMessage(message);
    }

    @Test
    void theProviderSaysItsName() {
        try (TlsEchoServer jdk = new TlsEchoServer(server(Tls.Provider.JDK));
                TlsEchoServer auto = new TlsEchoServer(server(Tls.Provider.AUTO))) {
            assertThat(jdk.tls().provider()).isEqualTo("JDK 25");
            assertThat(auto.tls().provider()).isEqualTo("BoringSSL");
        }
    }
}
