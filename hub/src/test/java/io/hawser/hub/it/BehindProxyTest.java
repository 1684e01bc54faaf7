package io.hawser.hub.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.Protection;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/// A hub on a loopback address that believes the PROXY protocol.
final class BehindProxyTest {
    private static final HubConfig CONFIG = HubConfig.on(
            ListenConfig.on("127.0.0.1:0").withProtection(Protection.defaults().withProxies(Endpoint::isLoopback)));

    private static String get(Hub hub, String from, String path) throws IOException {
        try (Socket socket = new Socket(hub.endpoint().host(), hub.endpoint().port())) {
            socket.setSoTimeout(30_000);
            String request = "PROXY TCP4 " + from + " 127.0.0.1 4000 80\r\nGET " + path
                    + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] status = socket.getInputStream().readNBytes(12);
            return new String(status, StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void whoComesFromElsewhereIsNoAdministrator() throws IOException {
        try (Hub hub = Hub.start(CONFIG)) {
            assertThat(get(hub, "192.0.2.1", "/api/v1/stats")).isEqualTo("HTTP/1.1 401");
            assertThat(get(hub, "192.0.2.1", "/events?topic=t")).isEqualTo("HTTP/1.1 401");
            assertThat(get(hub, "127.0.0.2", "/api/v1/stats")).isEqualTo("HTTP/1.1 200");
        }
    }

    @Test
    void whoSaysNoHelloGetsNothing() {
        assertThat(CONFIG.bareMode()).isEqualTo(BareMode.OFF);
        assertThat(HubConfig.on(ListenConfig.on("127.0.0.1:0")).bareMode()).isEqualTo(BareMode.MANAGED);
    }
}
