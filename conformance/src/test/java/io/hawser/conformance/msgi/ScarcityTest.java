package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.noise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Endpoint;
import io.hawser.conformance.soak.OpenDescriptors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A hub whose system has run out of something.
@Timeout(300)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its shell sets no such limits")
final class ScarcityTest {
    private static final int DESCRIPTORS = 250;
    /// Descriptors of what a process opens once, when it first needs it.
    private static final int MADE_LATER = 5;

    @TempDir
    private Path folder;

    @Test
    void outOfFileDescriptorsItServesThoseWhoAreThereAndAcceptsAgainWhenSomeAreFree() throws Exception {
        try (ServeProcess serve =
                ServeProcess.startAfter("ulimit -n " + DESCRIPTORS, folder, "--port", "0", "--bare", "echo")) {
            Endpoint hub = ServeProcess.endpoint(serve.readyLine());
            List<Socket> flood = new ArrayList<>();
            try (MsgiPeer there = MsgiPeer.connect(hub)) {
                there.echoes(noise(1000));
                double before = OpenDescriptors.of(serve.process().pid());
                // The system completes connections that nobody accepts, until its backlog is full.
                for (int i = 0; i < DESCRIPTORS + 100; i++) flood.add(connected(hub));
                for (int i = 0; i < 20; i++) there.echoes(noise(1000));
                for (Socket each : flood) each.close();
                await().ignoreExceptions().until(() -> {
                    try (MsgiPeer late = MsgiPeer.connect(hub)) {
                        late.echoes(noise(1000));
                        return true;
                    }
                });
                there.echoes(noise(1000));
                await().untilAsserted(() ->
                        assertThat(OpenDescriptors.of(serve.process().pid())).isLessThanOrEqualTo(before + MADE_LATER));
            } finally {
                for (Socket each : flood) each.close();
            }
            assertThat(serve.process().isAlive()).isTrue();
        }
    }

    private static Socket connected(Endpoint hub) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(hub.host(), hub.port()), 30_000);
        return socket;
    }

    @Test
    void withItsLogOnAFullDiskItServes() throws Exception {
        try (ServeProcess serve =
                ServeProcess.startAfter("exec 2>/dev/full", folder, "--port", "0", "--bare", "echo")) {
            Endpoint hub = ServeProcess.endpoint(serve.readyLine());
            for (int i = 0; i < 20; i++) {
                try (MsgiPeer peer = MsgiPeer.connect(hub)) {
                    peer.echoes(noise(1000));
                }
                // What it would log.
                try (Socket bad = connected(hub)) {
                    bad.getOutputStream().write(new byte[] {'M', 'S', 'G', 'I', 0, 0, 0, 0});
                }
            }
            assertThat(serve.process().isAlive()).isTrue();
        }
    }
}
