package io.hawser.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.messaging.Codec;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The vectors that docs/PROTOCOL.md prints are what the code writes.
class ProtocolVectorsTest {
    private static final Pattern ROW = Pattern.compile("\\| (.+?) \\| `([0-9a-f ]+)` \\|");

    @Test
    void theDocumentPrintsWhatTheCodeWrites() throws IOException {
        Path document = Path.of(System.getProperty("basedir", "")).resolve("../docs/PROTOCOL.md");
        Map<String, String> printed = new LinkedHashMap<>();
        Matcher rows = ROW.matcher(Files.readString(document));
        while (rows.find()) printed.put(rows.group(1), rows.group(2).replace(" ", ""));
        assertThat(printed).isEqualTo(written());
    }

    private static Map<String, String> written() {
        Map<String, String> frames = new LinkedHashMap<>();
        frames.put("PING with `hi`", hex(FrameType.PING, Bytes.ofUtf8("hi")));
        frames.put("PONG with `hi`", hex(FrameType.PONG, Bytes.ofUtf8("hi")));
        frames.put("DATA with `hello`", hex(FrameType.DATA, Bytes.ofUtf8("hello")));
        frames.put("DATA, empty", hex(FrameType.DATA, Bytes.EMPTY));
        frames.put("HEARTBEAT", hex(FrameType.HEARTBEAT, Bytes.EMPTY));
        frames.put(
                "hello of web-7, id 1",
                hex(FrameType.CONTROL, new Greeting.Hello(1, "web-7", Optional.empty(), List.of()).encoded()));
        frames.put(
                "welcome",
                hex(
                        FrameType.CONTROL,
                        new Greeting.Welcome(1, "hawser", "0123456789abc", 25_000, Optional.empty(), Optional.empty())
                                .encoded()));
        frames.put(
                "hello that offers deflate",
                hex(FrameType.CONTROL, new Greeting.Hello(1, "web-7", Optional.empty(), List.of("deflate")).encoded()));
        frames.put("DATA, 300 times `a`, deflate", compressed());
        frames.put("ERROR 4003", hex(FrameType.ERROR, Goodbye.payload(CloseReason.of(4003, "type 0x0099"))));
        frames.put("DISCONNECT 4501", hex(FrameType.DISCONNECT, Goodbye.payload(CloseReason.DRAIN)));
        return frames;
    }

    private static String compressed() {
        Bytes block = Objects.requireNonNull(FrameCodec.of(Codec.DEFLATE).compressed(Bytes.ofUtf8("a".repeat(300))));
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + block.size());
        MsgiFraming.encode(FrameCodec.COMPRESSED | FrameType.DATA.code(), block, frame);
        return Bytes.copyOf(frame.flip()).toHex();
    }

    private static String hex(FrameType type, Bytes payload) {
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + payload.size());
        MsgiFraming.encode(type, payload, frame);
        return Bytes.copyOf(frame.flip()).toHex();
    }
}
