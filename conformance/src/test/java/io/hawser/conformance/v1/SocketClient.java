package io.hawser.conformance.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Endpoint;
import io.hawser.conformance.websocket.Frame;
import io.hawser.conformance.websocket.Peer;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/// hawser.v1 in messages of WebSocket.
final class SocketClient implements Client {
    private final Peer peer;
    private final boolean isText;
    private final ObjectMapper mapper;

    private SocketClient(Peer peer, boolean isText) {
        this.peer = peer;
        this.isText = isText;
        this.mapper = isText ? new JsonMapper() : new CBORMapper();
    }

    /// @param fields more of them for the handshake
    static SocketClient connect(Endpoint hub, String subprotocol, String fields) throws IOException {
        Peer peer = new Peer(new Socket(hub.host(), hub.port()), true);
        String head = peer.askFor("/ws", "Sec-WebSocket-Protocol: other, " + subprotocol + "\r\n" + fields);
        assertThat(head).startsWith("HTTP/1.1 101 ");
        assertThat(head.toLowerCase(Locale.ROOT)).contains("sec-websocket-protocol: " + subprotocol + "\r\n");
        return new SocketClient(peer, subprotocol.endsWith("json"));
    }

    private Frame frame(byte... payload) {
        return isText ? Frame.text(payload) : Frame.binary(payload);
    }

    @Override
    public void say(Map<String, ?> request) throws IOException {
        peer.send(frame(mapper.writeValueAsBytes(request)), 0);
    }

    /// A message of the other type, too, is none.
    @Override
    public void sayGarbage() throws IOException {
        peer.send(isText ? Frame.binary((byte) '{', (byte) '}') : Frame.text("{}"), 0);
    }

    @Override
    public void sayNested(int depth) throws IOException {
        byte[] lists = new byte[depth];
        Arrays.fill(lists, isText ? (byte) '[' : (byte) 0x81);
        peer.send(frame(lists), 0);
    }

    private Frame next() throws IOException {
        Frame frame = peer.read().orElseThrow(() -> new EOFException("the hub closed without a goodbye"));
        if (frame.opcode() != Frame.PING) return frame;
        peer.send(Frame.pong(frame.payload()), 0);
        return next();
    }

    @Override
    public JsonNode read() throws IOException {
        Frame frame = next();
        assertThat(frame.opcode())
                .as(new String(frame.payload(), StandardCharsets.ISO_8859_1))
                .isEqualTo(isText ? Frame.TEXT : Frame.BINARY);
        return mapper.readTree(frame.payload());
    }

    @Override
    public void expectGoodbye(int code) throws IOException {
        Frame last = next();
        assertThat(last.opcode())
                .as(new String(last.payload(), StandardCharsets.UTF_8))
                .isEqualTo(Frame.CLOSE);
        assertThat(last.closeCode()).isEqualTo(code);
        peer.send(Frame.close(code), 0);
        assertThat(peer.read()).isEmpty();
    }

    @Override
    public int awaitGoodbye() throws IOException {
        Frame next = next();
        while (next.opcode() != Frame.CLOSE) next = next();
        return next.closeCode();
    }

    @Override
    public void sayGoodbye(int code) throws IOException {
        peer.send(Frame.close(code), 0);
        assertThat(next().closeCode()).isEqualTo(code);
        assertThat(peer.read()).isEmpty();
    }

    @Override
    public void close() throws IOException {
        peer.close();
    }
}
