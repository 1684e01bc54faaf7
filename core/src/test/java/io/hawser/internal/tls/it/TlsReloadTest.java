package io.hawser.internal.tls.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.hawser.StartupFailed;
import io.hawser.Tls;
import io.hawser.Tls.ClientVerification;
import io.hawser.TlsIdentity;
import io.hawser.internal.tls.Pki;
import io.netty.buffer.ByteBufAllocator;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The files of a server change while it runs.
class TlsReloadTest {
    @TempDir
    private Path folder;

    private Pki pki;
    private X509Bundle first;
    private X509Bundle second;
    private TlsIdentity.PemFiles pem;

    @BeforeEach
    void writeTheFirstPair() throws Exception {
        pki = new Pki();
        first = pki.issue();
        second = pki.issue();
        pem = Pki.write(folder, first);
    }

    private Tls server(Tls.Provider provider) {
        return Tls.server(pem.certificateChain(), pem.privateKey()).withProvider(provider);
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void newConnectionsGetTheNewCertificateAndOldOnesLiveOn(Tls.Provider provider) throws Exception {
        JdkClient client = new JdkClient(pki.rootPem(), null);
        try (TlsEchoServer server = new TlsEchoServer(server(provider), "h2");
                SSLSocket old = client.connect(server.port())) {
            assertThat(JdkClient.echo(old, "before")).isEqualTo("before");
            Pki.write(folder, second);
            assertThat(server.tls().reload()).isTrue();
            assertThat(serialOfANewConnection(server)).isEqualTo(serial(second));
            assertThat(JdkClient.echo(old, "after")).isEqualTo("after");
            assertThat(JdkClient.certificate(old).getSerialNumber()).isEqualTo(serial(first));
            assertThat(server.tls().reload()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void aPairThatDoesNotFitLeavesTheOldOneInUse(Tls.Provider provider) throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(provider))) {
            Pki.write(folder, second, first);
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> server.tls().reload())
                    .withMessageContaining("does not belong to the certificate");
            assertThat(serialOfANewConnection(server)).isEqualTo(serial(first));
            Files.delete(pem.certificateChain());
            assertThatExceptionOfType(StartupFailed.class)
                    .isThrownBy(() -> server.tls().reload())
                    .withMessageContaining("does not exist");
            assertThat(serialOfANewConnection(server)).isEqualTo(serial(first));
            Pki.write(folder, second);
            assertThat(server.tls().reload()).isTrue();
            assertThat(serialOfANewConnection(server)).isEqualTo(serial(second));
        }
    }

    @Test
    void aChangeIsNoticedWithoutBeingTold() throws Exception {
        try (TlsEchoServer server = new TlsEchoServer(server(Tls.Provider.AUTO))) {
            assertThat(serialOfANewConnection(server)).isEqualTo(serial(first));
            Pki.write(folder, second);
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> serialOfANewConnection(server).equals(serial(second)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JDK", "OPENSSL"})
    void whoIsNoLongerTrustedCannotResume(Tls.Provider provider) throws Exception {
        Path trusted = Files.writeString(folder.resolve("trusted.pem"), pki.rootPem());
        Tls tls = server(provider).withTrust(trusted).withClientVerification(ClientVerification.REQUIRED);
        JdkClient client = new JdkClient(pki.rootPem(), Pki.identity(pki.issue()));
        try (TlsEchoServer server = new TlsEchoServer(tls)) {
            try (SSLSocket known = client.connect(server.port())) {
                assertThat(JdkClient.echo(known, "hello")).isEqualTo("hello");
            }
            Files.writeString(trusted, new Pki().rootPem());
            assertThat(server.tls().reload()).isTrue();
            try (SSLSocket unknown = client.connect(server.port())) {
                assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                    String answer = JdkClient.echo(unknown, "hello");
                    if (answer.isEmpty()) throw new IOException("closed");
                });
            }
        }
    }

    @Test
    void aClosedServerGivesNoMoreHandlers() throws Exception {
        TlsEchoServer server = new TlsEchoServer(server(Tls.Provider.OPENSSL));
        server.close();
        server.tls().close();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> server.tls().newHandler(ByteBufAllocator.DEFAULT));
        Pki.write(folder, second);
        assertThat(server.tls().reload()).isFalse();
    }

    private BigInteger serialOfANewConnection(TlsEchoServer server) throws Exception {
        try (SSLSocket socket = new JdkClient(pki.rootPem(), null).connect(server.port())) {
            assertThat(JdkClient.echo(socket, "hello")).isEqualTo("hello");
            return JdkClient.certificate(socket).getSerialNumber();
        }
    }

    private static BigInteger serial(X509Bundle bundle) {
        return bundle.getCertificate().getSerialNumber();
    }
}
