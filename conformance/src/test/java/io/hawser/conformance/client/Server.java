package io.hawser.conformance.client;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpCall;
import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A server that a client is tried with. Whatever it is, it answers
///
/// - `GET /files/words.txt` with [#WORDS], in gzip for who takes it
/// - `POST /echo` with the body that it was sent, and its trailers
/// - 413 to a body that is said to have more than [#MOST_BYTES], before it comes if its client asks.
interface Server extends AutoCloseable {
    String WORDS_PATH = "/files/words.txt";
    String WORDS = "words, words, words\n".repeat(5000);
    long MOST_BYTES = 2L << 30;
    /// A trailer.
    String SUM = "X-Sum";

    /// What it is called in the documentation.
    String name();

    default boolean speaks(Way way) {
        return true;
    }

    /// Whether it makes anything of the trailers of a request.
    default boolean takesTrailers() {
        return true;
    }

    /// Where it is.
    String url(Way way);

    /// A call with a body that it sends back, or keeps.
    default HttpCall upload(HttpClient client) {
        return client.post("/echo");
    }

    /// The body that came with `answered`, or what it has kept of it.
    default Response download(HttpClient client, Response answered) {
        return answered;
    }

    /// An answer whose length only its end tells.
    default Response unsized(HttpClient client) {
        byte[] words = WORDS.getBytes(StandardCharsets.US_ASCII);
        return upload(client).body(Body.of(new ByteArrayInputStream(words))).send();
    }

    /// An answer with the trailer `X-Sum: 7`, which it got with the request where it takes some.
    default Response trailed(HttpClient client) {
        Body body = Body.text(WORDS).withTrailers(() -> Headers.of(SUM, "7"));
        return upload(client).header("TE", "trailers").body(body).send();
    }

    @Override
    void close() throws IOException;
}
