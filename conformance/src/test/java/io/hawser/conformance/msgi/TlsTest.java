package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Tls;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One port with and without TLS, by the JDK's own client.
@Timeout(120)
final class TlsTest {
    private Tls tls;
    private Hub hub;

    @BeforeEach
    void start() {
        tls = Tls.selfSigned();
        HubConfig config = Hubs.echo();
        hub = Hub.start(config.withListen(config.listen().withTls(tls).withPlainAllowed()));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private SSLSocket connected(String... alpn) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        byte[] pem = tls.certificatePem().getBytes(StandardCharsets.US_ASCII);
        trusted.setCertificateEntry(
                "hub", CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(hub.endpoint().host(), hub.endpoint().port());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(alpn);
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    @Test
    void theFirstBytesDecideOnOnePort() throws Exception {
        try (MsgiPeer plain = MsgiPeer.connect(hub.endpoint());
                MsgiPeer named = MsgiPeer.over(connected("msgi"));
                MsgiPeer unnamed = MsgiPeer.over(connected())) {
            for (int size : new int[] {0, 1, 16_384, 65_536, 1 << 20}) {
                plain.echoes(noise(size));
                named.echoes(noise(size));
                unnamed.echoes(noise(size));
            }
        }
    }

    @Test
    void aDrainIsToldThroughTls() throws Exception {
        try (SSLSocket socket = connected("msgi");
                MsgiPeer peer = MsgiPeer.over(socket)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("msgi");
            peer.echoes(noise(10));
            hub.drain(Duration.ofSeconds(25));
            peer.expectGoodbye(MsgiPeer.DISCONNECT, 4501);
        }
    }
}
