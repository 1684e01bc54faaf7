package io.hawser.internal.http2;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// The other end of a connection of HTTP/2: makes frames, good and bad ones, and reads those that come back
/// into lines of text.
public final class PeerFrames {
    public static final int END_STREAM = 0x1;
    public static final int END_HEADERS = 0x4;
    public static final int PADDED = 0x8;

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final List<String> TYPES = List.of(
            "DATA",
            "HEADERS",
            "PRIORITY",
            "RST_STREAM",
            "SETTINGS",
            "PUSH_PROMISE",
            "PING",
            "GOAWAY",
            "WINDOW_UPDATE",
            "CONTINUATION");

    private final DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder();
    private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false, 1 << 20);
    private byte[] unread = {};
    private final ByteArrayOutputStream block = new ByteArrayOutputStream();
    private int blockFlags;

    public byte[] preface() {
        return PREFACE.clone();
    }

    public byte[] frame(int type, int flags, int stream, byte... payload) {
        ByteBuf frame = Unpooled.buffer();
        frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
        return ByteBufUtil.getBytes(frame.writeBytes(payload));
    }

    public byte[] settings(int... idsAndValues) {
        ByteBuf payload = Unpooled.buffer();
        for (int i = 0; i < idsAndValues.length; i += 2) {
            payload.writeShort(idsAndValues[i]).writeInt(idsAndValues[i + 1]);
        }
        return frame(4, 0, 0, ByteBufUtil.getBytes(payload));
    }

    /// The compressed form of fields, each by itself: the encoder would put those with a colon first.
    public byte[] block(String... namesAndValues) {
        ByteBuf out = Unpooled.buffer();
        try {
            for (int i = 0; i < namesAndValues.length; i += 2) {
                Http2Headers field = new DefaultHttp2Headers(false).add(namesAndValues[i], namesAndValues[i + 1]);
                encoder.encodeHeaders(1, field, out);
            }
        } catch (Http2Exception impossible) {
            throw new AssertionError(impossible);
        }
        return ByteBufUtil.getBytes(out);
    }

    public byte[] headers(int stream, int flags, String... namesAndValues) {
        return frame(1, flags | END_HEADERS, stream, block(namesAndValues));
    }

    /// A whole request without a body.
    public byte[] get(int stream, String path, String... more) {
        return request(stream, "GET", path, END_STREAM, more);
    }

    /// The head of a request whose body follows.
    public byte[] post(int stream, String path, String... more) {
        return request(stream, "POST", path, 0, more);
    }

    public byte[] request(int stream, String method, String path, int flags, String... more) {
        String[] all = new String[8 + more.length];
        String[] pseudo = {":method", method, ":scheme", "http", ":authority", "h", ":path", path};
        System.arraycopy(pseudo, 0, all, 0, 8);
        System.arraycopy(more, 0, all, 8, more.length);
        return headers(stream, flags, all);
    }

    public byte[] data(int stream, int flags, String text) {
        return frame(0, flags, stream, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public byte[] reset(int stream, int code) {
        return frame(3, 0, stream, number(code));
    }

    public byte[] windowUpdate(int stream, int increment) {
        return frame(8, 0, stream, number(increment));
    }

    public byte[] ping(String eightBytes) {
        return frame(6, 0, 0, eightBytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    public byte[] pong(String eightBytes) {
        return frame(6, 1, 0, eightBytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] number(int value) {
        return ByteBufUtil.getBytes(Unpooled.buffer().writeInt(value));
    }

    public static byte[] join(byte[]... parts) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
    }

    /// The frames that are whole in what was read so far, a line each:
    /// `HEADERS 1 END_STREAM :status=200 content-length=2`, `DATA 1 hello`, `RST_STREAM 1 7`,
    /// `GOAWAY last=1 code=0`. Dates are left out.
    public List<String> read(byte... bytes) {
        ByteBuf in = Unpooled.wrappedBuffer(unread, bytes);
        List<String> frames = new ArrayList<>();
        while (in.readableBytes() >= 9 && in.readableBytes() >= 9 + in.getUnsignedMedium(in.readerIndex())) {
            int length = in.readUnsignedMedium();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            frames.add(line(type, flags, stream, in.readSlice(length)));
        }
        unread = ByteBufUtil.getBytes(in);
        return frames;
    }

    private String line(int type, int flags, int stream, ByteBuf payload) {
        String name = TYPES.get(type);
        String end = (flags & END_STREAM) != 0 ? " END_STREAM" : "";
        return switch (name) {
            case "DATA" -> name + " " + stream + end + " " + payload.toString(StandardCharsets.ISO_8859_1);
            case "HEADERS" -> {
                block.reset();
                blockFlags = flags;
                yield fields(name, flags, stream, payload);
            }
            case "CONTINUATION" -> fields(name, flags, stream, payload);
            case "RST_STREAM" -> name + " " + stream + " " + payload.readInt();
            case "GOAWAY" -> name + " last=" + payload.readInt() + " code=" + payload.readInt();
            case "WINDOW_UPDATE" -> name + " " + stream + " " + payload.readInt();
            case "SETTINGS" -> name + ((flags & 1) != 0 ? " ACK" : " " + settings(payload));
            case "PING" -> name + ((flags & 1) != 0 ? " ACK " : " ") + payload.toString(StandardCharsets.ISO_8859_1);
            default -> name + " " + stream;
        };
    }

    private static String settings(ByteBuf payload) {
        List<String> all = new ArrayList<>();
        while (payload.isReadable()) all.add(payload.readUnsignedShort() + "=" + payload.readInt());
        return String.join(" ", all);
    }

    private String fields(String name, int flags, int stream, ByteBuf payload) {
        block.writeBytes(ByteBufUtil.getBytes(payload));
        if ((flags & END_HEADERS) == 0) return name + " " + stream + " ...";
        try {
            Http2Headers headers = decoder.decodeHeaders(1, Unpooled.wrappedBuffer(block.toByteArray()));
            String text = StreamSupport.stream(headers.spliterator(), false)
                    .filter(field -> !"date".contentEquals(field.getKey()))
                    .map(field -> field.getKey() + "=" + field.getValue())
                    .collect(Collectors.joining(" "));
            return "HEADERS " + stream + ((blockFlags & END_STREAM) != 0 ? " END_STREAM " : " ") + text;
        } catch (Http2Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
