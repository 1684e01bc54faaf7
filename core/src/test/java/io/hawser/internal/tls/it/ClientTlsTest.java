package io.hawser.internal.tls.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.Tls;
import io.hawser.Tls.ClientVerification;
import io.hawser.Tls.Protocol;
import io.hawser.TlsIdentity;
import io.hawser.internal.tls.ClientTls;
import io.hawser.internal.tls.Pki;
import io.netty.handler.ssl.SslHandler;
import io.netty.pkitesting.CertificateBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Handshakes of the client's side with our own server's.
class ClientTlsTest {
    private static Pki pki;
    private static TlsIdentity.InMemory identity;

    @BeforeAll
    static void issueCertificates() throws Exception {
        pki = new Pki();
        identity = Pki.identity(pki.issue());
    }

    private static Tls server() {
        return Tls.client().withIdentity(identity).withProvider(Tls.Provider.JDK);
    }

    private static Tls client(Tls.Provider provider) {
        return Tls.client().withTrustPem(pki.rootPem()).withProvider(provider);
    }

    @ParameterizedTest
    @CsvSource({
        "JDK, TLS_1_2, localhost",
        "JDK, TLS_1_3, localhost.",
        "JDK, TLS_1_3, LOCALHOST",
        "JDK, TLS_1_3, 127.0.0.1",
        "JDK, TLS_1_3, ::1",
        "JDK, TLS_1_3, ::1%1",
        "OPENSSL, TLS_1_2, localhost",
        "OPENSSL, TLS_1_3, localhost.",
        "OPENSSL, TLS_1_3, 127.0.0.1",
        "OPENSSL, TLS_1_3, ::1",
        "OPENSSL, TLS_1_3, ::1%1",
    })
    void aServerWithTheRightNameAndATrustedChainIsAccepted(Tls.Provider provider, Protocol protocol, String host)
            throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server());
                ClientTls tls = ClientTls.open(client(provider).withProtocols(protocol), List.of());
                TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of(host, server.port()))) {
            assertThat(client.echo("hello")).isEqualTo("hello");
            assertThat(client.handshaken().engine().getSession().getProtocol()).isEqualTo(protocol.standardName());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "JDK, wrong.example, No subject alternative DNS name matching wrong.example found",
        "JDK, 127.0.0.2, No subject alternative names matching IP address 127.0.0.2 found",
        "JDK, ::2, No subject alternative names matching IP address ::2 found",
        "OPENSSL, wrong.example, No subject alternative DNS name matching wrong.example found",
        "OPENSSL, 127.0.0.2, No subject alternative names matching IP address 127.0.0.2 found",
    })
    void aServerWithAnotherNameIsRefused(Tls.Provider provider, String host, String reason) throws Exception {
        assertThat(failure(server(), client(provider), host)).startsWith(reason);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aServerThatNobodyVouchesForIsRefused(Tls.Provider provider) throws Exception {
        Tls systemTrust = Tls.client().withProvider(provider);
        Tls otherTrust = systemTrust.withTrustPem(new Pki().rootPem());
        assertThat(failure(server(), systemTrust, "localhost"))
                .contains("unable to find valid certification path to requested target");
        assertThat(failure(server(), otherTrust, "localhost")).isNotEmpty();
        assertThat(failure(Tls.selfSigned(), client(provider), "localhost")).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void anExpiredCertificateIsRefused(Tls.Provider provider) throws Exception {
        Instant yesterday = Instant.now().minus(Duration.ofDays(1));
        TlsIdentity expired = Pki.identity(pki.issue(new CertificateBuilder().notAfter(yesterday)));
        assertThat(failure(server().withIdentity(expired), client(provider), "localhost"))
                .startsWith("NotAfter: ");
    }

    private static String failure(Tls serverTls, Tls clientTls, String host) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(serverTls);
                ClientTls tls = ClientTls.open(clientTls, List.of());
                TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of(host, server.port()))) {
            Endpoint peer = Endpoint.of(host, server.port());
            Throwable cause = client.handshaken().handshakeFuture().cause();
            ConnectFailed failed = ClientTls.failure(peer, cause);
            assertThat(failed)
                    .hasMessageStartingWith("TLS with " + peer + " failed: ")
                    .hasCause(cause);
            return String.valueOf(failed.getMessage()).substring(("TLS with " + peer + " failed: ").length());
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aSelfSignedServerIsReachedByTrustingItsPem(Tls.Provider provider) throws Exception {
        Tls self = Tls.selfSigned().withProvider(provider);
        Tls trusting = Tls.client().withTrustPem(self.certificatePem()).withProvider(provider);
        for (String host : List.of("localhost", "127.0.0.1", "::1")) {
            try (TlsEchoServer server = new TlsEchoServer(self);
                    ClientTls tls = ClientTls.open(trusting, List.of());
                    TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of(host, server.port()))) {
                assertThat(client.echo("hello")).as(host).isEqualTo("hello");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aClientShowsItsCertificateToAServerThatAsks(Tls.Provider provider) throws Exception {
        Tls asking = server().withTrustPem(pki.rootPem()).withClientVerification(ClientVerification.REQUIRED);
        Tls showing = client(provider).withIdentity(Pki.identity(pki.issue()));
        try (TlsEchoServer server = new TlsEchoServer(asking);
                ClientTls with = ClientTls.open(showing, List.of());
                ClientTls without = ClientTls.open(client(provider), List.of());
                TlsEchoClient known = new TlsEchoClient(with, Endpoint.of("localhost", server.port()));
                TlsEchoClient unknown = new TlsEchoClient(without, Endpoint.of("localhost", server.port()))) {
            assertThat(known.echo("hello")).isEqualTo("hello");
            unknown.handshaken();
            assertThat(server.failures.poll(30, SECONDS)).isNotNull();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void theProtocolThatTheServerChoseIsKnown(Tls.Provider provider) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(), "h2", "msgi");
                ClientTls tls = ClientTls.open(client(provider), List.of("http/1.1", "msgi"));
                TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of("localhost", server.port()))) {
            assertThat(client.echo("hello")).isEqualTo("hello");
            assertThat(client.handshaken().applicationProtocol()).isEqualTo("msgi");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aServerWithoutProtocolsIsAccepted(Tls.Provider provider) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server());
                ClientTls tls = ClientTls.open(client(provider), List.of("h2"));
                TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of("localhost", server.port()))) {
            assertThat(client.echo("hello")).isEqualTo("hello");
            assertThat(client.handshaken().applicationProtocol()).isNull();
        }
    }

    @Test
    void aHandshakeThatFailsTellsTheServerToo() throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server());
                ClientTls tls = ClientTls.open(client(Tls.Provider.JDK), List.of());
                TlsEchoClient client = new TlsEchoClient(tls, Endpoint.of("wrong.example", server.port()))) {
            SslHandler handler = client.handshaken();
            assertThat(handler.handshakeFuture().isSuccess()).isFalse();
            assertThatExceptionOfType(SSLPeerUnverifiedException.class)
                    .isThrownBy(() -> handler.engine().getSession().getPeerCertificates());
            assertThat(server.failures.poll(30, SECONDS)).isNotNull();
        }
    }
}
