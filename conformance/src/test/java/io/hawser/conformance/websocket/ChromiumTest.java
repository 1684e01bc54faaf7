package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.conformance.dashboard.Browser;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpServer;
import io.hawser.http.Response;
import io.hawser.http.Router;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ListenConfig;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a browser and our server say to each other: text, binary, compressed, in fragments, of 16 MiB.
@Timeout(300)
final class ChromiumTest {
    private static final int MOST = 16 << 20;
    private static final SessionHandler ECHO = (session, message) -> session.send(message);
    private static final WebSocketConfig LARGE =
            WebSocketConfig.defaults().withMaxMessageBytes(MOST).withMaxFrameBytes(2 * MOST);

    /// Tells what was agreed on and how it closed, or which message did not come back as it was. A close is
    /// answered with its code, and without its reason.
    private static final String EXCHANGE = """
            (async () => {
              const socket = new WebSocket(`ws://${location.host}PATH`);
              socket.binaryType = 'arraybuffer';
              const opened = (resolve, reject) => {
                socket.onopen = resolve;
                socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
              };
              await new Promise(opened);
              const echoed = (message) => new Promise((resolve, reject) => {
                socket.onmessage = ({ data }) => resolve(data);
                socket.onclose = ({ code }) => reject(new Error(`closed with ${code}`));
                socket.send(message);
              });
              const words = 'κόσμε, and text that is long enough to be worth compressing, '.repeat(40);
              for (const text of ['hello', '', words, 'x'.repeat(16 << 20)]) {
                if (await echoed(text) !== text) return `another text of ${text.length}`;
              }
              for (const size of [0, 300, 70000, 16 << 20]) {
                const noise = new Uint8Array(size);
                for (let at = 0; at < size; at += 65536) crypto.getRandomValues(noise.subarray(at, at + 65536));
                const back = new Uint8Array(await echoed(noise));
                if (back.length !== size || !noise.every((b, at) => b === back[at])) return `other bytes: ${size}`;
              }
              const closed = new Promise((resolve) => { socket.onclose = resolve; });
              socket.close(4001, 'done');
              const { code, reason, wasClean } = await closed;
              return `${socket.extensions}|${code}|${reason}|${wasClean}`;
            })()""";

    private HttpServer server;
    private Browser browser;

    @BeforeEach
    void open() {
        browser = Browser.start();
        WebSocketConfig deflating = LARGE.withDeflate(Deflate.defaults().withTakeover(true, true));
        server = HttpServer.start(
                ListenConfig.on("127.0.0.1:0"),
                HttpConfig.defaults(),
                Router.builder()
                        .get("/", request -> Response.text("a page").withHeader("Content-Type", "text/html"))
                        .get("/plain", request -> WebSockets.accept(request, LARGE.withFragmentBytes(1000), ECHO))
                        .get("/deflate", request -> WebSockets.accept(request, deflating, ECHO))
                        .build());
        show("127.0.0.1");
    }

    private void show(String host) {
        browser.open("http://" + host + ":" + server.endpoint().port() + "/");
    }

    @AfterEach
    void close() {
        if (browser != null) browser.close();
        if (server != null) server.close();
    }

    private String exchange(String path) {
        return browser.evaluate(EXCHANGE.replace("PATH", path)).asString();
    }

    @Test
    void messagesOfAllKindsComeBackInFragmentsOfOurs() {
        assertThat(exchange("/plain")).isEqualTo("|4001||true");
    }

    @Test
    void theSameIsSaidCompressed() {
        assertThat(exchange("/deflate")).matches("permessage-deflate[^|]*\\|4001\\|\\|true");
    }

    @Test
    void aPageOfAnotherOriginIsNotLetIn() {
        String opening = """
                new Promise((resolve) => {
                  const socket = new WebSocket(`ws://127.0.0.1:${location.port}/plain`);
                  socket.onopen = () => resolve('open');
                  socket.onclose = ({ code }) => resolve(`closed with ${code}`);
                })""";
        assertThat(browser.evaluate(opening).asString()).isEqualTo("open");
        show("localhost");
        assertThat(browser.evaluate(opening).asString()).isEqualTo("closed with 1006");
    }
}
