package io.hawser.messaging.it;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.internal.cbor.CborReader;
import io.hawser.internal.cbor.CborValues;
import io.hawser.internal.link.FramingDriver;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.tcp.Framing;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An MSGI peer on a plain blocking socket.
final class RawPeer implements AutoCloseable {
    private static final Framing<Frame> FRAMING = Frame.framing(8 << 20);

    private final Socket socket;
    private final DataInputStream in;

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
        socket.setSoTimeout(30_000);
    }

    static RawPeer to(Endpoint endpoint) throws IOException {
        return new RawPeer(new Socket(endpoint.host(), endpoint.port()));
    }

    static Frame data(String text) {
        return new Frame(FrameType.DATA, Bytes.ofUtf8(text));
    }

    static byte[] bytes(Frame... frames) {
        return FramingDriver.encode(FRAMING, List.of(frames));
    }

    RawPeer send(Frame... frames) throws IOException {
        return send(bytes(frames));
    }

    RawPeer send(byte... bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /// The next frame; nothing at the end of the connection, a reset included.
    Optional<Frame> next() throws IOException {
        byte[] header = new byte[Frame.HEADER_BYTES];
        try {
            in.readFully(header);
            int size = Integer.parseInt(Bytes.wrap(header).slice(4, 8).toHex(), 16) - Frame.HEADER_BYTES;
            FrameType type = FrameType.of(header[9] & 0xFF).orElseThrow();
            return Optional.of(new Frame(type, Bytes.wrap(in.readNBytes(size))));
        } catch (EOFException | SocketException end) {
            return Optional.empty();
        }
    }

    List<Frame> rest() throws IOException {
        List<Frame> all = new ArrayList<>();
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) all.add(frame.get());
        return all;
    }

    /// The code in an ERROR or DISCONNECT.
    static long code(Frame goodbye) {
        Map<String, Object> map = CborValues.readMap(CborReader.of(goodbye.payload(), 4));
        return (Long) map.getOrDefault("code", 0L);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
