package io.hawser.hub.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/// TLS by the JDK's engine.
///
/// State: `sealed` is what came and is not the whole of a record, to be filled; `opened` what was in
/// records, to be drained; `unsent` records that the socket has not taken, to be drained. Between calls
/// `opened` holds something only if the reader had no room for it: one with room has all that the selector
/// will not tell of again.
final class TlsWire implements Wire {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final ByteBuffer sealed;
    private final ByteBuffer opened;
    private final ByteBuffer unsent;

    private TlsWire(SocketChannel socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
        int record = engine.getSession().getPacketBufferSize();
        int content = engine.getSession().getApplicationBufferSize();
        this.sealed = ByteBuffer.allocateDirect(record);
        // Of what is in `sealed`, and room for one record more, which the engine wants to see.
        this.opened = ByteBuffer.allocateDirect(record + content).limit(0);
        // A record that waits, and one that the engine has to say meanwhile.
        this.unsent = ByteBuffer.allocateDirect(2 * record).limit(0);
    }

    /// Shakes hands as a client, on a socket that blocks still.
    static TlsWire open(SocketChannel socket, SSLEngine engine) throws IOException {
        TlsWire wire = new TlsWire(socket, engine);
        wire.shakeHands();
        return wire;
    }

    private void shakeHands() throws IOException {
        engine.beginHandshake();
        opened.clear();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = switch (status) {
                case NEED_WRAP -> wrap(NOTHING);
                case NEED_TASK -> runTasks();
                default -> receive();
            };
        }
        opened.flip();
    }

    private HandshakeStatus receive() throws IOException {
        SSLEngineResult result = unwrap();
        if (result.getStatus() == Status.CLOSED) throw new EOFException("closed during the handshake of TLS");
        if (result.getStatus() == Status.BUFFER_UNDERFLOW && socket.read(sealed) < 0) {
            throw new EOFException("closed during the handshake of TLS");
        }
        return result.getHandshakeStatus();
    }

    @Override
    public SocketChannel socket() {
        return socket;
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        if (!opened.hasRemaining() && !fill()) return -1;
        int count = Math.min(opened.remaining(), into.remaining());
        into.put(into.position(), opened, opened.position(), count).position(into.position() + count);
        opened.position(opened.position() + count);
        return count;
    }

    /// Reads until there is something, or nothing comes any more for now.
    ///
    /// @return false when nothing will
    private boolean fill() throws IOException {
        opened.clear();
        try {
            while (opened.position() == 0) {
                int count = socket.read(sealed);
                if (count < 0) return false;
                if (count == 0) return true;
                if (!openRecords()) return opened.position() > 0;
            }
            return true;
        } finally {
            opened.flip();
        }
    }

    /// Opens all records that are whole.
    ///
    /// @return false when the peer has closed
    private boolean openRecords() throws IOException {
        while (true) {
            Status status = unwrap().getStatus();
            if (status != Status.OK) return status != Status.CLOSED;
            // Behind the handshake: tickets for later, other keys.
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) runTasks();
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) wrap(NOTHING);
        }
    }

    private SSLEngineResult unwrap() throws IOException {
        SSLEngineResult result = engine.unwrap(sealed.flip(), opened);
        sealed.compact();
        if (result.getStatus() == Status.BUFFER_OVERFLOW) throw new IOException("a record of TLS that is too long");
        return result;
    }

    private HandshakeStatus runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) task.run();
        return engine.getHandshakeStatus();
    }

    @Override
    public boolean write(ByteBuffer bytes) throws IOException {
        while (isFlushed() && bytes.hasRemaining()) wrap(bytes);
        return !unsent.hasRemaining() && !bytes.hasRemaining();
    }

    private boolean isFlushed() throws IOException {
        if (unsent.hasRemaining()) socket.write(unsent);
        return !unsent.hasRemaining();
    }

    private HandshakeStatus wrap(ByteBuffer bytes) throws IOException {
        SSLEngineResult result = engine.wrap(bytes, unsent.compact());
        unsent.flip();
        var _ = isFlushed();
        if (result.getStatus() == Status.OK) return result.getHandshakeStatus();
        throw new EOFException("closed by the peer");
    }

    @Override
    public void close() throws IOException {
        engine.closeOutbound();
        try {
            if (isFlushed()) wrap(NOTHING);
        } catch (IOException e) {
            // That is how the engine says that its goodbye is out; or nobody is there to hear it.
        } finally {
            socket.close();
        }
    }
}
