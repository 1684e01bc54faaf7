package io.hawser.hub.chaos;

import io.hawser.Endpoint;
import io.hawser.internal.cbor.CborValues;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A plain MSGI connection that speaks hawser.v1, on a blocking socket.
///
/// Thread: one reads; any writes.
final class Frames implements AutoCloseable {
    private static final CBORMapper CBOR = new CBORMapper();
    private static final int MAGIC = 0x4D534749;
    private static final int HEADER_BYTES = 10;
    private static final int MAX_FRAME_BYTES = 2 << 20;
    private static final int PING = 0x0001;
    private static final int PONG = 0x0002;
    private static final int DATA = 0x0010;
    private static final int CONTROL = 0x0020;
    private static final int DISCONNECT = 0x0050;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int SILENCE_MILLIS = 60_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    private Frames(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        this.out = new DataOutputStream(socket.getOutputStream());
    }

    static Frames connect(Endpoint to) throws IOException {
        return connect(to, 0);
    }

    /// @param receiveBufferBytes of the socket, about; 0 for what the system takes
    static Frames connect(Endpoint to, int receiveBufferBytes) throws IOException {
        Socket socket = new Socket();
        try {
            if (receiveBufferBytes > 0) socket.setReceiveBufferSize(receiveBufferBytes);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.connect(new InetSocketAddress(to.host(), to.port()), PATIENCE_MILLIS);
            return new Frames(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    void control(Map<String, Object> request) throws IOException {
        write(CONTROL, CborValues.encode(request).toArray());
    }

    void data(Map<String, Object> request) throws IOException {
        write(DATA, CborValues.encode(request).toArray());
    }

    private synchronized void write(int type, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        frame.putInt(MAGIC).putInt(frame.capacity()).putShort((short) type).put(payload);
        out.write(frame.array());
        out.flush();
    }

    /// The next message of hawser.v1.
    ///
    /// @throws IOException also when the hub says goodbye
    JsonNode read() throws IOException {
        while (true) {
            if (in.readInt() != MAGIC) throw new IOException("not a frame");
            int length = in.readInt();
            if (length < HEADER_BYTES || length > MAX_FRAME_BYTES) throw new IOException("a frame of " + length);
            int type = in.readUnsignedShort();
            byte[] payload = in.readNBytes(length - HEADER_BYTES);
            if (payload.length < length - HEADER_BYTES) throw new IOException("cut off");
            switch (type) {
                case PING -> write(PONG, payload);
                case DATA, CONTROL -> {
                    return CBOR.readTree(payload);
                }
                case DISCONNECT -> throw new IOException("goodbye");
                default -> {}
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
