package io.hawser.benchmarks.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.hawser.hub.bench.Responses;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/// Messages on one bidirectional stream of gRPC for each connection, in HTTP/2 with prior knowledge, that must
/// come back byte for byte.
///
/// Each message is a DATA frame of its own. What is in flight has to stay below the 64 KiB that a server of
/// HTTP/2 takes before it has said anything; it is not kept account of.
///
/// Shape: a payload of 8 bytes or more begins with the request's number.
///
/// Source: RFC 9113; grpc.io, gRPC over HTTP2
public final class GrpcStream extends PreparedMessage {
    /// The method that servers offer.
    public static final String SERVICE = "hawser.Echo";

    public static final String METHOD = "Stream";

    static final int STREAM = 1;
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int SETTINGS = 4;
    static final int WINDOW_UPDATE = 8;
    static final int HEADER_BYTES = 9;
    /// Whether the message is compressed, and its length.
    static final int PREFIX_BYTES = 5;

    private static final int MAX_FRAME_BYTES = 16_384;
    private static final int END_HEADERS = 4;
    private static final int INITIAL_WINDOW_SIZE = 4;
    private static final int INITIAL_WINDOW = 65_535;
    private static final long SEED = 9113;
    private static final int MAX_OPENING_BYTES = 512;

    public GrpcStream(int payloadBytes) {
        super(request(payloadBytes), HEADER_BYTES + PREFIX_BYTES);
    }

    private static ByteBuffer request(int payloadBytes) {
        if (payloadBytes < 0 || payloadBytes > MAX_FRAME_BYTES - PREFIX_BYTES) {
            throw new IllegalArgumentException(
                    "payload " + payloadBytes + ": from 0 to " + (MAX_FRAME_BYTES - PREFIX_BYTES));
        }
        var content = new byte[payloadBytes];
        new SplittableRandom(SEED).nextBytes(content);
        var request = ByteBuffer.allocate(HEADER_BYTES + PREFIX_BYTES + payloadBytes);
        header(request, PREFIX_BYTES + payloadBytes, DATA, 0, STREAM);
        return request.put((byte) 0).putInt(payloadBytes).put(content);
    }

    static void header(ByteBuffer out, int length, int type, int flags, int stream) {
        out.put((byte) (length >> 16)).putShort((short) length);
        out.put((byte) type).put((byte) flags).putInt(stream);
    }

    /// How much more the server may send, on the connection or on a stream.
    static void window(ByteBuffer out, int stream, int more) {
        header(out, Integer.BYTES, WINDOW_UPDATE, 0, stream);
        out.putInt(more);
    }

    @Override
    public String name() {
        return "grpc";
    }

    @Override
    public Responses responses() {
        return new GrpcResponses(this, opening());
    }

    /// Number `sequence` as a message without its frame, whole from index 0, valid until the next call.
    ByteBuffer message(long sequence) {
        return from(HEADER_BYTES, sequence);
    }

    int messageBytes() {
        return requestBytes() - HEADER_BYTES;
    }

    /// The preface, windows that let the server send what it wants, and the head of the one stream.
    private static ByteBuffer opening() {
        var out = ByteBuffer.allocate(MAX_OPENING_BYTES);
        out.put("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1));
        header(out, Short.BYTES + Integer.BYTES, SETTINGS, 0, 0);
        out.putShort((short) INITIAL_WINDOW_SIZE).putInt(Integer.MAX_VALUE);
        window(out, 0, Integer.MAX_VALUE - INITIAL_WINDOW);
        var fields = fields();
        header(out, fields.remaining(), HEADERS, END_HEADERS, STREAM);
        return out.put(fields).flip();
    }

    /// Source: RFC 7541, sections 6.1 and 6.2.2, and the static table of its appendix A
    private static ByteBuffer fields() {
        var out = ByteBuffer.allocate(MAX_OPENING_BYTES);
        out.put((byte) 0x83).put((byte) 0x86); // :method POST, :scheme http
        text(out.put((byte) 0x04), "/" + SERVICE + "/" + METHOD); // :path
        text(out.put((byte) 0x01), "127.0.0.1"); // :authority
        text(out.put((byte) 0x0F).put((byte) 0x10), "application/grpc"); // content-type
        text(out.put((byte) 0x00), "te");
        text(out, "trailers");
        return out.flip();
    }

    private static void text(ByteBuffer out, String text) {
        out.put((byte) text.length()).put(text.getBytes(ISO_8859_1));
    }
}
