package io.hawser.hub.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// What is said on a new connection before its first request, and answered by a head that ends with an empty
/// line.
///
/// Thread: that of its connection.
final class Greeting {
    private static final byte[] END = {'\r', '\n', '\r', '\n'};
    /// Of the status line: `HTTP/1.1 101`.
    private static final int STATUS_AT = 9;

    private static final byte[] GRANTED = {'1', '0', '1'};

    private final ByteBuffer said;
    private int read;
    private int matched;

    /// A greeting that says nothing is over at once.
    Greeting(ByteBuffer said) {
        this.said = said.duplicate();
    }

    boolean isSaid() {
        return !said.hasRemaining();
    }

    boolean isOver() {
        return isSaid() && (said.capacity() == 0 || matched == END.length);
    }

    void say(SocketChannel channel) throws IOException {
        channel.write(said);
    }

    /// Consumes the answer up to its end.
    void consume(ByteBuffer in) throws BadResponse {
        while (in.hasRemaining() && matched < END.length) {
            byte octet = in.get();
            int place = read++ - STATUS_AT;
            if (place >= 0 && place < GRANTED.length && octet != GRANTED[place]) {
                throw new BadResponse("handshake refused");
            }
            matched = octet == END[matched] ? matched + 1 : octet == '\r' ? 1 : 0;
        }
    }

    /// Says it and waits for the answer, byte by byte so that nothing behind it is taken. The channel is
    /// blocking.
    void exchange(Wire wire) throws IOException, BadResponse {
        while (!isSaid()) wire.write(said);
        ByteBuffer octet = ByteBuffer.allocate(1);
        while (!isOver()) {
            if (wire.read(octet.clear()) < 0) throw new EOFException("closed during the handshake");
            consume(octet.flip());
        }
    }
}
