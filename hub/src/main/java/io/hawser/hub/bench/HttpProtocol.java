package io.hawser.hub.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// HTTP/1.1 with keep-alive: the same GET again and again, whose answer must be 200 with a body that stays the same.
public final class HttpProtocol implements Protocol {
    /// What an answer with a short body has, about; only the figure of received bytes depends on it.
    private static final int USUAL_RESPONSE_BYTES = 128;

    private final byte[] request;

    /// @param authority for the field `Host`
    /// @param path with the query, as it is on the wire
    public HttpProtocol(String authority, String path) {
        request =
                ("GET " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
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
        return USUAL_RESPONSE_BYTES;
    }

    @Override
    public void encode(ByteBuffer out, long sequence) {
        out.put(request);
    }

    @Override
    public void renumber(ByteBuffer out, int index, long sequence) {
        // requests do not differ
    }

    @Override
    public Responses responses() {
        return new HttpResponses();
    }

    /// Nothing: a server is free to close an idle connection.
    @Override
    public ByteBuffer keepAlive() {
        return ByteBuffer.allocate(0);
    }
}
