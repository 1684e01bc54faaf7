package io.hawser.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ScriptedPeerTest {
    @Test
    void aClientThatEndsBeforeItHasSaidWhatIsExpectedHasFailed() throws IOException {
        try (ScriptedPeer peer = ScriptedPeer.start(Script.of().expect("hello"))) {
            try (Socket client =
                    new Socket(InetAddress.getLoopbackAddress(), peer.endpoint().port())) {
                client.getOutputStream().write("hel".getBytes(StandardCharsets.US_ASCII));
                client.shutdownOutput();
                await().untilAsserted(() -> assertThatThrownBy(peer::check)
                        .isInstanceOf(AssertionError.class)
                        .hasMessage("expected hello, but the client ended after hel"));
            }
        }
    }
}
