package io.hawser.conformance.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/// The other end of a connection, on a raw socket.
public final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final boolean isClient;

    public Peer(Socket socket, boolean isClient) throws IOException {
        this.socket = socket;
        this.isClient = isClient;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        this.out = socket.getOutputStream();
    }

    /// Asks a server for an upgrade.
    ///
    /// @return the head of its answer
    public String askFor(String path, String moreFields) throws IOException {
        return askAs("127.0.0.1:" + socket.getPort(), path, moreFields);
    }

    /// As [#askFor], by another name of the server.
    String askAs(String host, String path, String moreFields) throws IOException {
        String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + KEY
                + "\r\nSec-WebSocket-Version: 13\r\n" + moreFields + "\r\n";
        write(request.getBytes(ISO_8859_1), 0);
        String head = readHead();
        if (head.startsWith("HTTP/1.1 101 ") && !head.contains(accept(KEY))) {
            throw new AssertionError("no Sec-WebSocket-Accept of " + KEY + " in " + head);
        }
        return head;
    }

    /// Reads a client's request and grants it.
    ///
    /// @return the head of the request
    String grant(String moreFields) throws IOException {
        String head = readHead();
        String key = field(head, "Sec-WebSocket-Key").orElseThrow();
        write(
                ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n" + moreFields + "\r\n")
                        .getBytes(ISO_8859_1),
                0);
        return head;
    }

    static Optional<String> field(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    static String accept(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int octet = in.read();
            if (octet < 0) throw new EOFException("after " + head.toString(ISO_8859_1));
            head.write(octet);
            matched = octet == "\r\n\r\n".charAt(matched) ? matched + 1 : octet == '\r' ? 1 : 0;
        }
        return head.toString(ISO_8859_1);
    }

    public void send(Frame frame, int chop) throws IOException {
        write(frame.encoded(isClient), chop);
    }

    byte[] encoded(Frame frame) {
        return frame.encoded(isClient);
    }

    void write(byte[] bytes, int chop) throws IOException {
        int step = chop == 0 ? Math.max(1, bytes.length) : chop;
        for (int from = 0; from < bytes.length; from += step) {
            out.write(bytes, from, Math.min(step, bytes.length - from));
        }
    }

    /// The next frame, whole, empty at the end of what comes.
    public Optional<Frame> read() throws IOException {
        int first = in.read();
        if (first < 0) return Optional.empty();
        int second = in.readUnsignedByte();
        boolean masked = second > 127;
        if (masked == isClient) throw new AssertionError(isClient ? "a server that masks" : "a client without mask");
        long length = second & 127;
        if (length == 126) length = in.readUnsignedShort();
        else if (length == 127) length = in.readLong();
        int mask = masked ? in.readInt() : 0;
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length) throw new EOFException("within a frame");
        for (int i = 0; i < payload.length; i++) payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
        return Optional.of(Frame.of(first, payload));
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
