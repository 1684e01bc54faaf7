package io.hawser.hub.bench;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The bytes of one connection, as they are or through TLS.
///
/// Thread: one at a time.
interface Wire extends Closeable {
    /// What a selector watches.
    SocketChannel socket();

    /// Reads what has come.
    ///
    /// @return how many bytes; negative when the peer has closed
    int read(ByteBuffer into) throws IOException;

    /// Sends `bytes` as far as the socket takes it, behind what it has not taken yet.
    ///
    /// @return whether the operating system has all of both
    boolean write(ByteBuffer bytes) throws IOException;

    @Override
    void close() throws IOException;

    /// Bytes as they are.
    record Plain(SocketChannel socket) implements Wire {
        @Override
        public int read(ByteBuffer into) throws IOException {
            return socket.read(into);
        }

        @Override
        public boolean write(ByteBuffer bytes) throws IOException {
            if (bytes.hasRemaining()) socket.write(bytes);
            return !bytes.hasRemaining();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
