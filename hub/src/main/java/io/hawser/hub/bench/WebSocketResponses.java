package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// The answers of a WebSocket echo; a close frame in their place is told as such.
final class WebSocketResponses implements Responses {
    private static final int CLOSE = 0x88;

    private final EchoStream echo;

    WebSocketResponses(WebSocketProtocol protocol) {
        echo = new EchoStream(protocol.responseBytes(), protocol::answer);
    }

    @Override
    public long completed() {
        return echo.completed();
    }

    @Override
    public void consume(ByteBuffer in) throws BadResponse {
        int wrong = echo.consume(in);
        if (wrong == EchoStream.RIGHT) return;
        boolean isClose = wrong == 0 && (in.get(in.position()) & 0xFF) == CLOSE;
        throw new BadResponse(isClose ? "closed by a close frame" : "wrong bytes in an answer");
    }
}
