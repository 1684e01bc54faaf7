package io.hawser.hub.bench;

import java.nio.ByteBuffer;

/// The handshake of a WebSocket and nothing but its close, which the server must send back.
///
/// Source: RFC 6455, section 7.1.1
public final class WebSocketFarewell implements Protocol {
    private static final int MASK = 0x37FA_213D;
    private static final short DONE = 1000;
    private static final byte CLOSE = (byte) 0x88;

    private final ByteBuffer greeting;
    private final ByteBuffer answer;

    /// @param authority host and port of the server
    public WebSocketFarewell(String authority, String path) {
        greeting = WebSocketProtocol.handshake(authority, path, "");
        answer = ByteBuffer.allocate(4).put(CLOSE).put((byte) 2).putShort(DONE).flip();
    }

    @Override
    public String name() {
        return "ws-close";
    }

    @Override
    public int requestBytes() {
        return 8;
    }

    @Override
    public int responseBytes() {
        return answer.capacity();
    }

    @Override
    public void encode(ByteBuffer out, long sequence) {
        out.put(CLOSE).put((byte) (0x80 | 2)).putInt(MASK).putShort((short) (DONE ^ (MASK >>> 16)));
    }

    /// Nothing is read after the answer, because the connection ends.
    @Override
    public Responses responses() {
        var echo = new EchoStream(answer.capacity(), _ -> answer.duplicate());
        return new Responses() {
            @Override
            public void consume(ByteBuffer in) throws BadResponse {
                if (echo.consume(in) != EchoStream.RIGHT) throw new BadResponse("another close frame than expected");
            }

            @Override
            public long completed() {
                return echo.completed();
            }
        };
    }

    @Override
    public ByteBuffer greeting() {
        return greeting;
    }
}
