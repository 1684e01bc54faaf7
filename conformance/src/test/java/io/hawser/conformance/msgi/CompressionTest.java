package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.CONTROL;
import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.ERROR;
import static io.hawser.conformance.msgi.MsgiPeer.cbor;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.hawser.hub.BareMode;
import io.hawser.hub.Hub;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/// Compressed frames, as PROTOCOL.md says.
@Timeout(120)
final class CompressionTest {
    private static final int COMPRESSED = 0x8000;
    private static final int LIMIT = 1 << 20;
    private static final String LONG_TEXT = "all work and no play ".repeat(500);
    private static final CBORMapper CBOR = new CBORMapper();

    private Hub hub;
    private MsgiPeer peer;
    private MsgiPeer other;

    @BeforeEach
    void start() throws IOException {
        hub = Hubs.start(BareMode.MANAGED);
        peer = MsgiPeer.connect(hub.endpoint());
        other = MsgiPeer.connect(hub.endpoint());
        other.greet("other");
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
        other.close();
        hub.close();
    }

    private JsonNode greet(String... codecs) throws IOException {
        peer.write(cbor(CONTROL, Map.of("id", 1, "hello", Map.of("client", "c", "codecs", List.of(codecs)))));
        return peer.readMap(CONTROL).path("welcome");
    }

    private static byte[] sized(int size, byte... block) {
        return ByteBuffer.allocate(4 + block.length).putInt(size).put(block).array();
    }

    private static byte[] block(String codec, byte... payload) {
        return switch (codec) {
            case "zstd" -> Zstd.compress(payload);
            case "lz4" -> LZ4Factory.safeInstance().fastCompressor().compress(payload);
            default -> deflated(payload);
        };
    }

    private static byte[] deflated(byte... payload) {
        Deflater deflater = new Deflater(6, true);
        deflater.setInput(payload);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        while (!deflater.finished()) out.write(buffer, 0, deflater.deflate(buffer));
        deflater.end();
        return out.toByteArray();
    }

    private static byte[] inflated(String codec, byte... payload) throws DataFormatException {
        int size = ByteBuffer.wrap(payload).getInt();
        byte[] block = Arrays.copyOfRange(payload, 4, payload.length);
        if (codec.equals("zstd")) return Zstd.decompress(block, size);
        if (codec.equals("lz4"))
            return LZ4Factory.safeInstance().safeDecompressor().decompress(block, size);
        Inflater inflater = new Inflater(true);
        inflater.setInput(block);
        byte[] plain = new byte[size];
        assertThat(inflater.inflate(plain)).isEqualTo(size);
        inflater.end();
        return plain;
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "zstd", "lz4"})
    void framesOfBothTypesGoCompressedBothWays(String codec) throws Exception {
        assertThat(greet(codec).path("codec").asString()).isEqualTo(codec);
        byte[] sub = CBOR.writeValueAsBytes(Map.of("id", 2, "sub", Map.of("topic", "t", "pad", LONG_TEXT)));
        peer.write(frame(COMPRESSED | CONTROL, sized(sub.length, block(codec, sub))));
        assertThat(peer.readMap(CONTROL).path("sub").path("topic").asString()).isEqualTo("t");
        byte[] pub = CBOR.writeValueAsBytes(Map.of("pub", Map.of("topic", "t", "d", LONG_TEXT)));
        peer.write(frame(COMPRESSED | DATA, sized(pub.length, block(codec, pub))));
        MsgiPeer.Received push = peer.read();
        assertThat(push.type()).isEqualTo(COMPRESSED | DATA);
        assertThat(push.payload().length).isLessThan(LONG_TEXT.length() / 2);
        JsonNode message = CBOR.readTree(inflated(codec, push.payload()));
        assertThat(message.path("pub").path("d").asString()).isEqualTo(LONG_TEXT);
    }

    @Test
    void theFirstOfTheClientsThatTheHubKnowsIsTaken() throws IOException {
        assertThat(greet("br", "lz4", "deflate").path("codec").asString()).isEqualTo("lz4");
    }

    @Test
    void whatOneSidePaysForTheOtherNeedNot() throws IOException {
        greet("deflate");
        peer.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "t"))));
        peer.readMap(CONTROL);
        JsonNode answer = other.ask(Map.of("id", 4, "pub", Map.of("topic", "t", "d", "short")));
        assertThat(answer.has("pub")).isTrue();
        assertThat(peer.readMap(DATA).path("pub").path("d").asString()).isEqualTo("short");
        other.write(cbor(CONTROL, Map.of("id", 2, "sub", Map.of("topic", "t"))));
        other.readMap(CONTROL);
        peer.write(cbor(DATA, Map.of("pub", Map.of("topic", "t", "d", LONG_TEXT))));
        assertThat(other.readMap(DATA).path("pub").path("d").asString()).isEqualTo(LONG_TEXT);
    }

    @Test
    void noneInCommonIsNone() throws IOException {
        assertThat(greet("br").has("codec")).isFalse();
        peer.write(frame(COMPRESSED | DATA, sized(1, deflated((byte) 1))));
        peer.expectGoodbye(ERROR, 4003);
    }

    @ParameterizedTest
    @ValueSource(ints = {COMPRESSED | 0x0001, COMPRESSED | 0x0040, COMPRESSED | 0x0050, COMPRESSED | 0x7000})
    void theBitOnAnotherTypeIs4003(int type) throws IOException {
        greet("deflate");
        peer.write(frame(type, sized(0)));
        peer.expectGoodbye(ERROR, 4003);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "zstd", "lz4"})
    void whatDeclaresMoreThanTheLimitIs4012BeforeItIsInflated(String codec) throws IOException {
        greet(codec);
        peer.write(frame(COMPRESSED | DATA, sized(LIMIT + 1, block(codec, new byte[LIMIT + 1]))));
        peer.expectGoodbye(ERROR, 4012);
        assertThat(other.ask(Map.of()).isEmpty()).isTrue();
    }

    @Test
    void theLargestSizeIs4012() throws IOException {
        greet("deflate");
        peer.write(frame(COMPRESSED | CONTROL, sized(0xFFFF_FFFF, (byte) 0)));
        peer.expectGoodbye(ERROR, 4012);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "zstd", "lz4"})
    void whatHoldsMoreOrLessThanItDeclaresIs4004(String codec) throws IOException {
        greet(codec);
        peer.write(frame(COMPRESSED | DATA, sized(1000, block(codec, new byte[100_000]))));
        peer.expectGoodbye(ERROR, 4004);
        other.close();
        other = MsgiPeer.connect(hub.endpoint());
        other.write(cbor(CONTROL, Map.of("id", 1, "hello", Map.of("codecs", List.of(codec)))));
        other.readMap(CONTROL);
        other.write(frame(COMPRESSED | DATA, sized(1000, block(codec, new byte[10]))));
        other.expectGoodbye(ERROR, 4004);
    }

    @Test
    void aPayloadWithoutASizeIs4004() throws IOException {
        greet("deflate");
        peer.write(frame(COMPRESSED | DATA, (byte) 0, (byte) 0, (byte) 1));
        peer.expectGoodbye(ERROR, 4004);
    }
}
