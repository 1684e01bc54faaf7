package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A body that waits until the server wants it.
///
/// Source: RFC 9110, section 10.1.1
@Timeout(60)
final class ExpectContinueTest {
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

    @Test
    void aServerThatBeginsItsAnswerWithItsQuestionStillGetsTheBody() throws Exception {
        Script hasty =
                Script.of().readHead().send(CONTINUE + OK).expect("hello").send("hi");
        try (ScriptedPeer peer = ScriptedPeer.start(Script.of().repeat(20, hasty));
                HttpClient client = HttpClient.open(HttpClientConfig.to("http://" + peer.endpoint()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(client.post("/").expectContinue().text("hello").text())
                        .isEqualTo("hi");
            }
            assertThat(peer.accepted()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatRefusesGetsNone() throws Exception {
        Script refuses = Script.of()
                .readHead()
                .send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n")
                .readToEnd();
        Script takes = Script.of().readHead().send(OK + "hi").readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(refuses, takes);
                HttpClient client = HttpClient.open(HttpClientConfig.to("http://" + peer.endpoint()))) {
            assertThat(client.post("/").expectContinue().text("hello").status()).isEqualTo(413);
            assertThat(client.get("/").text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(2);
            assertThat(peer.heard()).doesNotContain("hello");
        }
    }
}
