package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PeerProcessTest {

    @Test
    void readyLinesOfPeersAndOfTheHubNameThePort() {
        assertThat(PeerProcess.readyPort("ready 4711")).hasValue(4711);
        assertThat(PeerProcess.readyPort(
                        "hawser ready 127.0.0.1:9000 http/1.1 h2 websocket msgi transport=epoll pid=1 node=n"))
                .hasValue(9000);
        assertThat(PeerProcess.readyPort("hawser ready [::1]:9000 http/1.1")).hasValue(9000);
        assertThat(PeerProcess.readyPort("not ready 4711")).isEmpty();
        assertThat(PeerProcess.readyPort("ready")).isEmpty();
    }

    @Test
    void aPeerThatEndsBeforeItIsReadySaysSo() {
        var java = Workbench.jdkTool("java");
        var peer = new Peer("broken", "prints its version and ends", List.of(java, "--version"), true, "");

        assertThatThrownBy(() -> PeerProcess.start(peer, List.of())).hasMessage("broken ended before it was ready");
    }
}
