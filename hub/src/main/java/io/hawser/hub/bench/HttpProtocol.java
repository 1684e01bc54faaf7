package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/// HTTP/1.1 with keep-alive: the same request again and again, whose answer must be 2xx.
public final class HttpProtocol implements Protocol {
    /// What an answer has beside its body, about; only the figure of received bytes depends on it.
    private static final int USUAL_RESPONSE_BYTES = 128;

    private static final long CONTENT_SEED = 64;

    private static final byte[] NONE = {};

    /// What is asked of the bodies of answers.
    public enum Bodies {
        /// Nothing: they are passed over, however long they are.
        ANY,
        /// That each is the one of the first answer, or the one that was sent, of a length that is said before.
        SAME
    }

    private final byte[] request;
    private final Bodies bodies;
    private final byte[] answer;

    private HttpProtocol(String head, byte[] body, Bodies bodies, byte[] answer) {
        var encoded = head.getBytes(StandardCharsets.ISO_8859_1);
        request = Arrays.copyOf(encoded, encoded.length + body.length);
        System.arraycopy(body, 0, request, encoded.length, body.length);
        this.bodies = bodies;
        this.answer = answer;
    }

    /// GETs.
    ///
    /// @param authority for the field `Host`
    /// @param path with the query, as it is on the wire
    public static HttpProtocol get(String authority, String path, Bodies bodies) {
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n";
        return new HttpProtocol(head, NONE, bodies, NONE);
    }

    /// POSTs of so many fixed random bytes to a path that sends them back.
    public static HttpProtocol echo(String authority, String path, int bodyBytes) {
        var body = content(bodyBytes);
        return new HttpProtocol(postHead(authority, path, bodyBytes), body, Bodies.SAME, body);
    }

    /// POSTs of so many fixed random bytes.
    public static HttpProtocol post(String authority, String path, int bodyBytes, Bodies bodies) {
        return new HttpProtocol(postHead(authority, path, bodyBytes), content(bodyBytes), bodies, NONE);
    }

    private static byte[] content(int bytes) {
        var content = new byte[bytes];
        new SplittableRandom(CONTENT_SEED).nextBytes(content);
        return content;
    }

    private static String postHead(String authority, String path, int bodyBytes) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + authority
                + "\r\nContent-Type: application/octet-stream\r\nContent-Length: " + bodyBytes + "\r\n\r\n";
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public int requestBytes() {
        return request.length;
    }

    @Override
    public int responseBytes() {
        return USUAL_RESPONSE_BYTES + answer.length;
    }

    @Override
    public void encode(ByteBuffer out, long sequence) {
        out.put(request);
    }

    @Override
    public Responses responses() {
        return new HttpResponses(bodies, answer);
    }
}
