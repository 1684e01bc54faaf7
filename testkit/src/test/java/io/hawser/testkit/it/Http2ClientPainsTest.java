package io.hawser.testkit.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.HttpClient;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpTimeouts;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.testkit.Script;
import io.hawser.testkit.ScriptedPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What users of clients of HTTP/2 suffer from, on raw frames.
class Http2ClientPainsTest {
    /// The preface, our settings and our window: what a client says first.
    private static final int FIRST_BYTES = 24 + 9 + 12 + 13;

    private static final String SETTINGS = frame(4, 0, 0, "");
    private static final String OK_HEAD = "\u0088";
    private static final Script GREETED = Script.of().send(SETTINGS).read(FIRST_BYTES);

    private static String frame(int type, int flags, int stream, String payload) {
        return "\0" + (char) (payload.length() >> 8) + (char) (payload.length() & 255) + (char) type + (char) flags
                + "\0\0" + (char) (stream >> 8) + (char) (stream & 255) + payload;
    }

    private static String number(int value) {
        return "" + (char) (value >> 24 & 255) + (char) (value >> 16 & 255) + (char) (value >> 8 & 255)
                + (char) (value & 255);
    }

    /// Waits for the acknowledgement of our settings and the head of a request.
    private static Script asked(Script before) {
        return before.readUntil("\0\0\0\4\1\0\0\0\0").read(9);
    }

    private static String answer(int stream, String body) {
        return frame(1, 4, stream, OK_HEAD) + frame(0, 1, stream, body);
    }

    private static HttpClientConfig config(ScriptedPeer peer) {
        return HttpClientConfig.to("http://" + peer.endpoint()).withVersions(HttpVersion.HTTP_2);
    }

    @Test
    void aRefusedStreamIsAlwaysTriedAgain() throws IOException {
        Script refusing = asked(GREETED)
                .send(frame(3, 0, 1, number(7)))
                .readUntil("\0\0\3")
                .send(answer(3, "hi"))
                .readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(refusing);
                HttpClient client = HttpClient.open(config(peer))) {
            assertThat(client.post("/")
                            .text("not idempotent")
                            .timeout(Duration.ofSeconds(30))
                            .text())
                    .isEqualTo("hi");
        }
    }

    @Test
    void aServerThatRefusesForAWhileIsAskedUntilItTakesTheCall() throws IOException {
        Script refusing = asked(GREETED);
        for (int stream = 1; stream < 17; stream += 2) {
            refusing = refusing.send(frame(3, 0, stream, number(7))).readUntil("\1\4\0\0\0" + (char) (stream + 2));
        }
        try (ScriptedPeer peer =
                        ScriptedPeer.start(refusing.send(answer(17, "at last")).readToEnd());
                HttpClient client = HttpClient.open(config(peer))) {
            assertThat(client.post("/")
                            .text("not idempotent")
                            .timeout(Duration.ofSeconds(30))
                            .text())
                    .isEqualTo("at last");
        }
    }

    @Test
    void aCallThatAGoAwayLeavesOutIsMadeElsewhere() throws IOException {
        Script leaving =
                asked(GREETED).send(frame(7, 0, 0, number(0) + number(0))).readToEnd();
        Script next = asked(GREETED).send(answer(1, "there")).readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(leaving, next);
                HttpClient client = HttpClient.open(config(peer))) {
            assertThat(client.post("/")
                            .text("x")
                            .timeout(Duration.ofSeconds(30))
                            .text())
                    .isEqualTo("there");
            assertThat(peer.accepted()).isEqualTo(2);
        }
    }

    @Test
    void aCallThatAGoAwayTakesInIsAnswered() throws IOException {
        Script leaving = asked(GREETED)
                .send(frame(7, 0, 0, number(1) + number(0)))
                .send(answer(1, "last"))
                .readToEnd();
        Script next = asked(GREETED).send(answer(1, "first")).readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(leaving, next);
                HttpClient client = HttpClient.open(config(peer))) {
            assertThat(client.get("/").text()).isEqualTo("last");
            assertThat(client.get("/").text()).isEqualTo("first");
            assertThat(peer.accepted()).isEqualTo(2);
        }
    }

    /// Source: RFC 9113, section 6.8
    @Test
    void aCallThatHasItsConnectionWhenAGoAwayComesIsMadeElsewhere() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch leased = new CountDownLatch(1);
        CountDownLatch known = new CountDownLatch(1);
        CountDownLatch made = new CountDownLatch(1);
        Script leaving = asked(GREETED)
                .signal(asked)
                .await(leased)
                .send(frame(7, 0, 0, number(1) + number(0)) + frame(6, 0, 0, "a ping !"))
                .readUntil("\0\0\10\6\1\0\0\0\0a ping !")
                .signal(known)
                .await(made)
                .send(answer(1, "here"))
                .readToEnd();
        Script next = asked(GREETED).send(answer(1, "there")).readToEnd();
        Body late = new Body() {
            @Override
            public Bytes read() {
                return Bytes.EMPTY;
            }

            @Override
            public boolean isReplayable() {
                return true;
            }

            @Override
            public Body fromStart() {
                leased.countDown();
                try {
                    assertThat(known.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return this;
            }
        };
        try (ScriptedPeer peer = ScriptedPeer.start(leaving, next);
                HttpClient client = HttpClient.open(config(peer))) {
            CompletableFuture<String> first =
                    CompletableFuture.supplyAsync(() -> client.get("/").text());
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(client.post("/").body(late).text()).isEqualTo("there");
            made.countDown();
            assertThat(first.join()).isEqualTo("here");
        }
    }

    @Test
    void aDeadConnectionIsFoundByAPingAndNotByTheNextCall() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        Script dying = asked(GREETED).send(answer(1, "once")).readToEnd().signal(closed);
        HttpTimeouts brief = HttpTimeouts.defaults().withIdle(Duration.ofSeconds(1));
        try (ScriptedPeer peer = ScriptedPeer.start(dying);
                HttpClient client = HttpClient.open(config(peer).withTimeouts(brief))) {
            assertThat(client.get("/").text()).isEqualTo("once");
            assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(peer.heard()).contains("\0\0\10\6\0\0\0\0\0");
        }
    }

    @Test
    void aStreamThatIsResetIsAnErrorThatSaysSo() throws IOException {
        Script resetting = asked(GREETED).send(frame(3, 0, 1, number(2))).readToEnd();
        try (ScriptedPeer peer = ScriptedPeer.start(resetting);
                HttpClient client = HttpClient.open(config(peer))) {
            assertThatThrownBy(() -> client.get("/").text())
                    .isInstanceOfSatisfying(
                            ConnectionLost.class,
                            lost -> assertThat(lost.processed()).isEqualTo(Processed.MAYBE))
                    .hasMessageContaining("code 2");
        }
    }

    /// As Node does to whoever it answers without having read the request.
    @Test
    void anAnswerThatIsWholeByItsLengthNeedsNoEndOfItsStream() throws IOException {
        String reset = frame(3, 0, 1, number(0));
        String two = OK_HEAD + "\17\15\0012";
        Script whole = asked(GREETED).send(frame(1, 4, 1, two) + frame(0, 0, 1, "xx") + reset);
        try (ScriptedPeer peer = ScriptedPeer.start(whole.readToEnd());
                HttpClient client = HttpClient.open(config(peer))) {
            assertThat(client.get("/").text()).isEqualTo("xx");
        }
        fails(frame(1, 4, 1, two) + frame(0, 0, 1, "x") + reset, ConnectionLost.class, "code 0");
        fails(frame(1, 4, 1, two) + frame(0, 0, 1, "xx") + frame(3, 0, 1, number(8)), ConnectionLost.class, "code 8");
        // It may have been cut: proxies say the same when they break off.
        fails(frame(1, 4, 1, OK_HEAD) + frame(0, 0, 1, "xx") + reset, ConnectionLost.class, "code 0");
    }

    /// As Jetty does to whoever it answers without the body that was announced.
    @Test
    void anAnswerIsNotLostToAResetThatComesWithIt() throws IOException {
        String refused = "\10\003413";
        String reset = frame(3, 0, 1, number(8));
        Script whole = asked(GREETED).send(frame(1, 5, 1, refused) + reset).readToEnd();
        Script cut = asked(GREETED).send(frame(1, 4, 1, refused) + frame(0, 0, 1, "x") + reset);
        try (ScriptedPeer peer = ScriptedPeer.start(whole);
                HttpClient client = HttpClient.open(config(peer))) {
            assertThat(client.post("/").expectContinue().text("hello").status()).isEqualTo(413);
        }
        try (ScriptedPeer peer = ScriptedPeer.start(cut.readToEnd());
                HttpClient client = HttpClient.open(config(peer))) {
            Response begun = client.post("/").expectContinue().text("hello").send();
            assertThat(begun.status()).isEqualTo(413);
            assertThatThrownBy(() -> begun.body().text())
                    .isInstanceOf(ConnectionLost.class)
                    .hasMessageContaining("code 8");
        }
    }

    @Test
    void whatIsNoAnswerIsAClearError() throws IOException {
        String head = frame(1, 4, 1, OK_HEAD);
        fails(frame(0, 1, 1, "x"), ProtocolError.class, "a body before its head");
        fails(frame(1, 4, 1, "\0\1a\1b"), ProtocolError.class, "no :status");
        fails(frame(1, 4, 1, OK_HEAD + "\0\1A\1b"), ProtocolError.class, "in a field name");
        fails(frame(1, 4, 1, OK_HEAD + "\17\15\0011") + frame(0, 1, 1, "xx"), ProtocolError.class, "longer than");
        fails(frame(1, 4, 1, OK_HEAD + "\17\15\0013") + frame(0, 1, 1, "xx"), ProtocolError.class, "2 of 3");
        fails(head + frame(0, 0, 1, "xx"), ConnectionLost.class, "ended the connection");
        fails(frame(1, 5, 2, OK_HEAD), ProtocolError.class, "an answer to nothing");
        fails(frame(5, 4, 1, number(2) + OK_HEAD), ProtocolError.class, "PUSH_PROMISE");
        fails("HTTP/1.1 400 Bad Request\r\n\r\n", ProtocolError.class, "a frame of");
        fails(frame(1, 4, 1, "\10\003103").repeat(40), LimitExceeded.class, "interim answers");
        fails(SETTINGS.repeat(2000), ProtocolError.class, "too many settings");
    }

    private static void fails(String frames, Class<? extends HawserException> as, String saying) throws IOException {
        try (ScriptedPeer peer = ScriptedPeer.start(asked(GREETED).send(frames));
                HttpClient client = HttpClient.open(config(peer))) {
            assertThatThrownBy(() -> client.get("/").bytes()).isInstanceOf(as).hasMessageContaining(saying);
        }
    }
}
