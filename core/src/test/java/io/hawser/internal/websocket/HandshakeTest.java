package io.hawser.internal.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.ResponseHead;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.Origins;
import io.hawser.websocket.WebSocketConfig;
import io.hawser.websocket.WebSockets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandshakeTest {
    private static final Request ASKED = Request.get("/chat")
            .withHeader("Host", "server.example.com")
            .withHeader("Upgrade", "websocket")
            .withHeader("Connection", "keep-alive, Upgrade")
            .withHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
            .withHeader("Sec-WebSocket-Version", "13");

    private static Response answer(Request request, WebSocketConfig config) {
        return WebSockets.accept(request, config, (session, message) -> {});
    }

    private static Response answer(Request request) {
        return answer(request, WebSocketConfig.defaults());
    }

    @Test
    void theExampleOfTheRfcIsAccepted() {
        Response answer = answer(ASKED);
        assertThat(answer.status()).isEqualTo(101);
        assertThat(answer.header("Sec-WebSocket-Accept")).hasValue("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(answer.header("Upgrade")).hasValue("websocket");
        assertThat(answer.upgrade()).isPresent();
        assertThat(answer.header("Sec-WebSocket-Protocol")).isEmpty();
        assertThat(answer.header("Sec-WebSocket-Extensions")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, , 426",
        "Upgrade, h2c, 426",
        "Connection, , 426",
        "Connection, close, 426",
        "Sec-WebSocket-Version, , 426",
        "Sec-WebSocket-Version, 8, 426",
        "Sec-WebSocket-Version, '13, 8', 426",
        "Sec-WebSocket-Key, , 400",
        "Sec-WebSocket-Key, abc, 400",
        "Sec-WebSocket-Key, AAAAAAAAAAAAAAAAAAAAAAAA, 400",
        "Sec-WebSocket-Key, '!!!!!!!!!!!!!!!!!!!!!!==', 400",
        "Origin, http://evil.example, 403",
        "Origin, null, 403",
        "Origin, https://server.example.com, 403"
    })
    void whatIsWrongHasItsStatus(String name, String value, int status) {
        Request asked = value == null ? ASKED.withoutHeader(name) : ASKED.withHeader(name, value);
        Response answer = answer(asked);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.upgrade()).isEmpty();
        if (name.equals("Sec-WebSocket-Version"))
            assertThat(answer.header(name)).hasValue("13");
        if (status == 426) assertThat(answer.header("Upgrade")).hasValue("websocket");
    }

    @Test
    void twoKeysOrTwoOriginsAreRefusedAndSoIsPost() {
        assertThat(answer(ASKED.addingHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="))
                        .status())
                .isEqualTo(400);
        Request twice = ASKED.withHeader("Origin", "http://server.example.com");
        assertThat(answer(twice).status()).isEqualTo(101);
        assertThat(answer(twice.addingHeader("Origin", "http://server.example.com"))
                        .status())
                .isEqualTo(403);
        Response post = answer(ASKED.withMethod(Request.post("/", Body.empty()).method()));
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.header("Allow")).hasValue("GET");
    }

    @Test
    void otherOriginsAreAllowedWhereTheyAreListed() {
        Request asked = ASKED.withHeader("Origin", "https://app.example.com");
        assertThat(answer(asked, WebSocketConfig.defaults().withOrigins(Origins.of("https://app.example.com")))
                        .status())
                .isEqualTo(101);
        assertThat(answer(asked, WebSocketConfig.defaults().withOrigins(Origins.any()))
                        .status())
                .isEqualTo(101);
    }

    @Test
    void theServersFirstSubprotocolThatIsOfferedIsChosen() {
        WebSocketConfig config = WebSocketConfig.defaults().withSubprotocols("v2", "v1");
        assertThat(answer(ASKED.withHeader("Sec-WebSocket-Protocol", "v0, v1,v2"), config)
                        .header("Sec-WebSocket-Protocol"))
                .hasValue("v2");
        assertThat(answer(ASKED.withHeader("Sec-WebSocket-Protocol", "v0"), config)
                        .header("Sec-WebSocket-Protocol"))
                .isEmpty();
        Request lines = ASKED.addingHeader("Sec-WebSocket-Protocol", "v0").addingHeader("Sec-WebSocket-Protocol", "v1");
        assertThat(answer(lines, config).header("Sec-WebSocket-Protocol")).hasValue("v1");
    }

    @Test
    void compressionIsOnlyWhereBothWantIt() {
        Request asked = ASKED.withHeader("Sec-WebSocket-Extensions", "permessage-deflate");
        assertThat(answer(asked).header("Sec-WebSocket-Extensions")).isEmpty();
        WebSocketConfig config = WebSocketConfig.defaults().withDeflate(Deflate.defaults());
        assertThat(answer(asked, config).header("Sec-WebSocket-Extensions")).isPresent();
        assertThat(answer(ASKED, config).header("Sec-WebSocket-Extensions")).isEmpty();
    }

    private static ByteBuf head(String text) {
        return Unpooled.copiedBuffer(text, ISO_8859_1);
    }

    @Test
    void aHeadIsReadOnceItIsAllThereAndWhatFollowsIsLeft() {
        String text = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nX:\r\n\r\n";
        for (int cut = 0; cut < text.length(); cut++) {
            ByteBuf part = head(text.substring(0, cut));
            assertThat(ResponseHead.read(part)).isNull();
            assertThat(part.readableBytes()).isEqualTo(cut);
        }
        ByteBuf whole = head(text + "rest");
        ResponseHead read = Objects.requireNonNull(ResponseHead.read(whole));
        assertThat(read.status()).isEqualTo(101);
        assertThat(read.headers().first("upgrade")).hasValue("websocket");
        assertThat(whole.toString(ISO_8859_1)).isEqualTo("rest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/2 101 x\r\n\r\n",
                "HTTP/1.1 1x1 x\r\n\r\n",
                "HTTP/1.1 1010\r\n\r\n",
                "SSH-2.0-x\r\n\r\n",
                "HTTP/1.1 101 x\r\nno colon\r\n\r\n",
                "HTTP/1.1 101 x\r\n: no name\r\n\r\n",
                "HTTP/1.1 101 x\r\nbad name : x\r\n\r\n",
                "HTTP/1.1 101 x\r\n folded: x\r\n\r\n"
            })
    void aMalformedHeadIsRefused(String text) {
        assertThatThrownBy(() -> ResponseHead.read(head(text))).isInstanceOf(ProtocolError.class);
    }

    @Test
    void aHeadWithoutEndIsRefused() {
        assertThatThrownBy(() -> ResponseHead.read(head("HTTP/1.1 101 x\r\n" + "X: y\r\n".repeat(5000))))
                .isInstanceOf(LimitExceeded.class);
    }
}
