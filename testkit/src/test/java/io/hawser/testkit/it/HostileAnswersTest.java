package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ConnectionLost;
import io.hawser.HawserException;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/// Pain 10: what servers send that is no answer ends the call with a clear error, within bounds.
class HostileAnswersTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
    private static final Script ANSWERS =
            Script.of().repeat(1_000_000, Script.of().readHead().send(OK));

    private static HttpClient client(ScriptedPeer peer) {
        return HttpClient.open(HttpClientConfig.to("http://" + peer.endpoint()));
    }

    @Test
    void anEndlessHeadIsAClearError() throws Exception {
        Script endless = Script.of().readHead().send("HTTP/1.1 200 OK\r\n").sendForever("X-A: b\r\n");
        fails(endless, ProtocolError.class, "more than 256 fields");
        Script longLine = Script.of().readHead().send("HTTP/1.1 200 OK\r\nX: ").sendForever("x".repeat(1000));
        fails(longLine, ProtocolError.class, "head of over");
    }

    @Test
    void anEndlessStreamOfInterimAnswersIsAClearError() throws Exception {
        Script endless = Script.of().readHead().sendForever("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        fails(endless, LimitExceeded.class, "interim answers");
    }

    @Test
    void aTruncatedBodyIsAClearError() throws Exception {
        Script known = Script.of().readHead().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc");
        fails(known, ConnectionLost.class, "3 of 10 bytes");
        Script chunked =
                Script.of().readHead().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
        fails(chunked, ConnectionLost.class, "3 bytes");
        fails(chunked.reset(), ConnectionLost.class, "");
        fails(Script.of().readHead().send("HTTP/1.1 200 O"), ConnectionLost.class, "within the head");
        fails(Script.of().readHead(), ConnectionLost.class, "before an answer");
    }

    @Test
    void whatComesBehindAnAnswerIsNoAnswerToTheNextCall() throws Exception {
        Script over = Script.of()
                .readHead()
                .send(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
                .readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(over, over, ANSWERS);
                HttpClient client = client(peer)) {
            for (int i = 0; i < 3; i++) assertThat(client.get("/" + i).text()).isEqualTo("hi");
            assertThat(peer.accepted()).isEqualTo(3);
        }
    }

    @Test
    void whatIsNotHttpIsAClearError() throws Exception {
        fails(Script.of().send("SSH-2.0-OpenSSH_9.2\r\n").readToEnd(), HawserException.class, "");
        fails(Script.of().readHead().send("HTTP/2.0 200 OK\r\n\r\n"), ProtocolError.class, "no status line");
        fails(
                Script.of().readHead().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                ProtocolError.class,
                "two values of Content-Length");
        fails(
                Script.of().readHead().send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
                ProtocolError.class,
                "bad chunk size");
        fails(Script.of().readHead().send("HTTP/1.1 101 Switching Protocols\r\n\r\n"), ProtocolError.class, "unasked");
    }

    private static void fails(Script script, Class<? extends HawserException> as, String saying) throws IOException {
        try (ScriptedPeer peer = ScriptedPeer.start(script);
                HttpClient client = client(peer)) {
            assertThatThrownBy(() -> client.get("/").bytes()).isInstanceOf(as).hasMessageContaining(saying);
        }
    }
}
