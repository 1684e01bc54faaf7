package io.hawser.conformance.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.hub.Hub;
import io.hawser.hub.HubConfig;
import io.hawser.tcp.ListenConfig;
import io.hawser.tcp.MemoryShares;
import io.hawser.tcp.Protection;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a load balancer is told while a hub has no memory for more.
@Timeout(180)
final class SheddingTest {
    private static final int MIB = 1 << 20;

    /// Most of a frame of 1 MiB.
    private static byte[] begunFrame() {
        ByteBuffer frame = ByteBuffer.allocate(900_000);
        frame.put("MSGI".getBytes(StandardCharsets.US_ASCII)).putInt(MIB).putShort((short) 0x10);
        return frame.array();
    }

    @Test
    void whileUnfinishedMessagesHaveUsedUpTheirShareItIsNotReadyButLives() throws Exception {
        MemoryShares shares = new MemoryShares(1, 47);
        ListenConfig listen = ListenConfig.on("127.0.0.1:0")
                .withProtection(Protection.defaults().withMemory(shares));
        long most = Runtime.getRuntime().maxMemory() / 100 / MIB;
        List<Socket> peers = new ArrayList<>();
        try (Hub hub = Hub.start(HubConfig.on(listen))) {
            Http http = new Http(hub.endpoint());
            assertThat(http.get("/health/ready").is(200).body()).contains("\"up\"");
            for (int i = 0; i < most; i++) {
                Socket peer = new Socket(hub.endpoint().host(), hub.endpoint().port());
                peers.add(peer);
                peer.getOutputStream().write(begunFrame());
            }
            await().until(() -> http.get("/health/ready").status() == 503);
            assertThat(http.get("/health/ready").body()).isEqualTo("{\"status\":\"shedding\"}");
            assertThat(http.get("/health/live").is(200).body()).contains("\"up\"");
            http.get("/plaintext").is(503);
            for (Socket peer : peers) peer.close();
            await().untilAsserted(() -> http.get("/plaintext").is(200));
            await().untilAsserted(() ->
                    assertThat(http.get("/health/ready").is(200).body()).contains("\"up\""));
            assertThat(http.get("/metrics").is(200).body()).containsPattern("shed[^\\n]*\"memory\"[^\\n]* [1-9]");
        } finally {
            for (Socket peer : peers) peer.close();
        }
    }
}
