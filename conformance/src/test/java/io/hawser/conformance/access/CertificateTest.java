package io.hawser.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Deadline;
import io.hawser.SessionClosed;
import io.hawser.Tls;
import io.hawser.Tls.ClientVerification;
import io.hawser.client.Data;
import io.hawser.client.HubClient;
import io.hawser.client.HubClientConfig;
import io.hawser.client.Subscription;
import io.hawser.client.TopicEvent;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.hub.access.AccessConfig;
import io.hawser.hub.access.AuthConfig;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.ListenConfig;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Client certificates that TLS has verified.
@Timeout(120)
final class CertificateTest {
    @ParameterizedTest
    @ValueSource(strings = {"msgis://HUB", "wss://HUB/ws"})
    void theNameInACertificateIsTheUserAndWithoutOneNobodyIsLetIn(String uri) {
        Tls known = Tls.selfSigned();
        Tls server =
                Tls.selfSigned().withTrustPem(known.certificatePem()).withClientVerification(ClientVerification.WANT);
        Tls client = Tls.client().withTrustPem(server.certificatePem());
        HubConfig config = HubConfig.on(ListenConfig.on("127.0.0.1:0").withTls(server))
                .withAccess(AccessConfig.defaults().withAuth(AuthConfig.none().withCertificateEnough(true)));
        try (Hub hub = Hub.start(config)) {
            HubClientConfig to =
                    HubClientConfig.to(uri.replace("HUB", hub.endpoint().toString()));
            ConnectConfig named = ConnectConfig.defaults()
                    .withTls(client.withIdentity(known.identity().orElseThrow()));
            try (HubClient ann = HubClient.connect(to.withConnect(named));
                    Subscription pulled = ann.subscribe("t")) {
                ann.publish("t", Data.text("hi"));
                TopicEvent event = Deadline.within(Duration.ofSeconds(30), pulled::receive);
                assertThat(event.user()).isEqualTo("localhost");
            }
            HubClientConfig unnamed = to.withConnect(ConnectConfig.defaults().withTls(client));
            assertThatExceptionOfType(SessionClosed.class)
                    .isThrownBy(() -> HubClient.connect(unnamed).close())
                    .satisfies(refused -> assertThat(refused.code()).isEqualTo(4010));
        }
    }
}
