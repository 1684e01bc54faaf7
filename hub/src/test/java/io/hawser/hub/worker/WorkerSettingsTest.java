package io.hawser.hub.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.hub.HubConfig;
import io.hawser.hub.Protocols;
import io.hawser.tcp.AddressLimits;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import io.hawser.tcp.Rate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WorkerSettingsTest {
    private static final WorkerSettings OF_FOUR = new WorkerSettings(
            Endpoint.parse("127.0.0.1:9000"), "n.3", 4, 1, Bytes.ofUtf8("0123456789abcdef"), Optional.empty());

    @Test
    void whatIsAllowedOfTheMachineIsDividedAmongItsWorkers() {
        AddressLimits address = AddressLimits.defaults()
                .withMaxConnections(510)
                .withArrivals(Rate.of(50, 100))
                .withReceived(Rate.unlimited());
        HubConfig all = HubConfig.on(ListenConfig.on("127.0.0.1:9000")
                        .withMaxConnections(10_001)
                        .withMaxConnections("msgi", 3)
                        .withProtection(Protection.defaults().withPerAddress(address)))
                .withProtocols(Protocols.defaults().withMaxWebSockets(1000));
        HubConfig own = WorkerSettings.read(OF_FOUR.said().build()).applied(all);
        assertThat(own.node()).isEqualTo("n.3");
        assertThat(own.listen().maxConnections()).isEqualTo(2501);
        assertThat(own.listen().protocolLimits()).isEqualTo(Map.of("msgi", 1));
        assertThat(own.protocols().maxWebSockets()).isEqualTo(250);
        AddressLimits share = own.listen().protection().perAddress();
        assertThat(share.maxConnections()).isEqualTo(128);
        assertThat(share.arrivals()).isEqualTo(Rate.of(13, 25));
        assertThat(share.requests()).isEqualTo(Rate.of(2500, 5000));
        assertThat(share.received().isLimited()).isFalse();
    }
}
