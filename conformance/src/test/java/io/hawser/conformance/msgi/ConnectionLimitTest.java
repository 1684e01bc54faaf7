package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.DISCONNECT;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ConnectionLimitTest {
    private Hub hub;
    private final List<MsgiPeer> opened = new ArrayList<>();

    @BeforeEach
    void start() {
        HubConfig config = Hubs.echo();
        hub = Hub.start(config.withListen(config.listen().withMaxConnections(2)));
    }

    @AfterEach
    void stop() throws IOException {
        for (MsgiPeer peer : opened) peer.close();
        hub.close();
    }

    private MsgiPeer connected() throws IOException {
        MsgiPeer peer = MsgiPeer.connect(hub.endpoint());
        opened.add(peer);
        return peer;
    }

    private MsgiPeer served() throws IOException {
        MsgiPeer peer = connected();
        peer.echoes(noise(10));
        return peer;
    }

    @Test
    void moreThanTheLimitAreToldToComeBackLater() throws IOException {
        MsgiPeer first = served();
        MsgiPeer second = served();
        for (int i = 0; i < 5; i++) {
            MsgiPeer refused = connected();
            refused.write(frame(DATA, noise(10)));
            refused.expectGoodbye(DISCONNECT, 4502);
        }
        assertThat(hub.connectionCount()).isEqualTo(2);
        first.echoes(noise(10));
        second.echoes(noise(10));
    }

    @Test
    void aPlaceThatBecomesFreeIsGivenWhileOthersAreStillBeingRefused() throws IOException {
        MsgiPeer leaving = served();
        served();
        // They have said nothing, so the hub has not told them yet.
        connected();
        connected();
        leaving.close();
        await().atMost(Duration.ofSeconds(60)).until(() -> hub.connectionCount() == 1);
        served();
    }

    @Test
    void theOldestThatHasNotSpokenGoesFirst() throws IOException {
        MsgiPeer first = served();
        MsgiPeer silent = connected();
        await().atMost(Duration.ofSeconds(60)).until(() -> hub.connectionCount() == 2);
        served();
        silent.expectEnd();
        first.echoes(noise(10));
    }
}
