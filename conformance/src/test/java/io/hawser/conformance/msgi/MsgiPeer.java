package io.hawser.conformance.msgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// A client that shares no code with the server: a blocking socket and the frames of the document.
public final class MsgiPeer implements AutoCloseable {
    public static final int PING = 0x0001;
    public static final int PONG = 0x0002;
    public static final int DATA = 0x0010;
    public static final int CONTROL = 0x0020;
    public static final int ERROR = 0x0030;
    public static final int HEARTBEAT = 0x0040;
    public static final int DISCONNECT = 0x0050;

    private static final int PATIENCE_MILLIS = 60_000;
    private static final CBORMapper CBOR = new CBORMapper();

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    /// A frame that came.
    @SuppressWarnings("ArrayRecordComponent") // compared by the tests byte for byte
    public record Received(int type, byte[] payload) {
        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public JsonNode cbor() {
            return CBOR.readTree(payload);
        }
    }

    private MsgiPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    public static MsgiPeer connect(Endpoint server) throws IOException {
        return new MsgiPeer(new Socket(server.host(), server.port()));
    }

    static MsgiPeer over(Socket connected) throws IOException {
        return new MsgiPeer(connected);
    }

    public static byte[] header(long totalBytes, int type) {
        return ByteBuffer.allocate(10)
                .put("MSGI".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) totalBytes)
                .putShort((short) type)
                .array();
    }

    public static byte[] frame(int type, byte... payload) {
        return join(header(10 + payload.length, type), payload);
    }

    public static byte[] text(String text) {
        return frame(DATA, text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] cbor(int type, Map<String, ?> map) {
        return frame(type, CBOR.writeValueAsBytes(map));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) all.writeBytes(part);
        return all.toByteArray();
    }

    /// Bytes that differ with their size, so that a mixed-up answer is noticed.
    public static byte[] noise(int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(size).nextBytes(bytes);
        return bytes;
    }

    public void write(byte... bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    public Received read() throws IOException {
        byte[] magic = new byte[4];
        in.readFully(magic);
        assertThat(magic).asString(StandardCharsets.US_ASCII).isEqualTo("MSGI");
        int total = in.readInt();
        assertThat(total).isGreaterThanOrEqualTo(10);
        int type = in.readUnsignedShort();
        byte[] payload = new byte[total - 10];
        in.readFully(payload);
        return new Received(type, payload);
    }

    /// Sends a DATA frame and reads it back.
    public void echoes(byte... payload) throws IOException {
        write(frame(DATA, payload));
        expectData(payload);
    }

    public void expectData(byte... payload) throws IOException {
        Received answer = read();
        assertThat(answer.type()).isEqualTo(DATA);
        assertThat(answer.payload()).isEqualTo(payload);
    }

    public void expectText(String text) throws IOException {
        Received answer = read();
        assertThat(answer.type()).isEqualTo(DATA);
        assertThat(answer.text()).isEqualTo(text);
    }

    /// The last frame before the end: a map of code and msg and, from 4500 on, retry.
    public JsonNode expectGoodbye(int type, int code) throws IOException {
        Received last = read();
        assertThat(last.type()).isEqualTo(type);
        JsonNode reason = last.cbor();
        assertThat(reason.path("code").asInt()).as(reason.toString()).isEqualTo(code);
        assertThat(reason.path("msg").isString()).as(reason.toString()).isTrue();
        assertThat(reason.has("retry")).as(reason.toString()).isEqualTo(code >= 4500);
        expectEnd();
        return reason;
    }

    public void expectEnd() throws IOException {
        assertThat(in.read()).isEqualTo(-1);
    }

    /// Says hello, and returns what is in the welcome.
    public JsonNode greet(String client) throws IOException {
        write(cbor(CONTROL, Map.of("id", 1, "hello", Map.of("client", client))));
        Received answer = read();
        assertThat(answer.type()).isEqualTo(CONTROL);
        assertThat(answer.cbor().path("id").asInt()).isEqualTo(1);
        return answer.cbor().path("welcome");
    }

    /// Sends a request as DATA and reads what comes next.
    public JsonNode ask(Map<String, ?> request) throws IOException {
        write(cbor(DATA, request));
        return readMap(DATA);
    }

    public JsonNode readMap(int type) throws IOException {
        Received answer = read();
        assertThat(answer.type()).isEqualTo(type);
        return answer.cbor();
    }

    public void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    InputStream input() {
        return in;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
