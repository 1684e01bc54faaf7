package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Headers;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.testing.Fuzzing;
import io.hawser.websocket.Deflate;
import io.hawser.websocket.WebSocketConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever a client offers: it is answered, and what the server agrees to is what our client would accept.
public final class HandshakeFuzzTest {
    private static final Deflate OWN = Deflate.defaults().withTakeover(true, true);
    private static final WebSocketConfig CONFIG =
            WebSocketConfig.defaults().withDeflate(OWN).withSubprotocols("chat", "hawser.v1.json");

    public static void fuzzerTestOneInput(byte[] input) {
        Headers offered = Fuzzing.headers(input).orElse(Headers.EMPTY);
        Headers headers = offered.with("Host", "h").with("Connection", "Upgrade");
        Request request = Request.of(Method.GET, "/").withHeaders(headers);
        Response answer = ServerHandshake.answer(request, CONFIG, (session, message) -> {});
        assertThat(answer.status()).isIn(101, 400, 403, 426);
        if (answer.status() == 101) assertThat(answer.upgrade()).isPresent();
        answer.headers()
                .first("Sec-WebSocket-Protocol")
                .ifPresent(chosen -> assertThat(request.headers().list("Sec-WebSocket-Protocol"))
                        .contains(chosen));
        agreed(answer.headers().list("Sec-WebSocket-Extensions"));
        agreed(List.of(Fuzzing.text(input).split("\n", -1)));
    }

    private static void agreed(List<String> members) {
        Optional<DeflateAgreement> agreement = DeflateAgreement.accept(Extension.parse(members), OWN);
        agreement.ifPresent(found -> assertThat(
                        DeflateAgreement.agree(Extension.parse(List.of(found.answer())), Optional.of(OWN)))
                .isPresent());
    }

    static List<byte[]> seeds() {
        String good = "Upgrade: websocket\nSec-WebSocket-Version: 13\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\n";
        return Fuzzing.seeds(
                good,
                good + "Sec-WebSocket-Protocol: x, hawser.v1.json\nOrigin: http://h\n",
                good
                        + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=10; server_max_window_bits=9",
                "permessage-deflate; server_no_context_takeover; client_max_window_bits",
                "permessage-deflate; server_max_window_bits=\"12\"\nx; y=z",
                "Upgrade: h2c\nSec-WebSocket-Version: 8\nOrigin: null");
    }

    @Test
    void anyOfferIsAnsweredAndAgreedTermsAreSound() {
        Fuzzing.check(seeds(), HandshakeFuzzTest::fuzzerTestOneInput);
    }
}
