package io.hawser.internal.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.ProtocolError;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameHeaderTest {
    private static final int FIN_BINARY = FrameHeader.FIN | Opcode.BINARY;

    @ParameterizedTest
    @CsvSource({
        "0, 2",
        "125, 2",
        "126, 4",
        "127, 4",
        "65535, 4",
        "65536, 10",
        "2147483647, 10",
    })
    void whatIsWrittenIsReadOnceItIsAllThere(int payloadBytes, int size) {
        for (boolean masked : new boolean[] {false, true}) {
            ByteBuf out = Unpooled.buffer();
            FrameHeader.write(out, FIN_BINARY, payloadBytes, masked);
            assertThat(out.readableBytes()).isEqualTo(size);
            if (masked) out.writeInt(0x01020304);
            int all = size + (masked ? 4 : 0);
            assertThat(FrameHeader.sizeFor(payloadBytes, masked)).isEqualTo(all);
            ByteBuffer in = ByteBuffer.allocate(1 + all).put(1, out.array(), 0, all);
            for (int available = 1; available < all; available++) {
                assertThat(FrameHeader.size(in, 1, available, masked, false)).isZero();
            }
            assertThat(FrameHeader.size(in, 1, all, masked, false)).isEqualTo(all);
            assertThat(FrameHeader.size(in, 1, all + 100, masked, false)).isEqualTo(all);
            assertThat(FrameHeader.payloadBytes(in, 1)).isEqualTo(payloadBytes);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "827e0000",
        "827e007d",
        "827f0000000000000000",
        "827f000000000000ffff",
        "827f8000000000000000",
        "827fffffffffffffffff",
    })
    void aLengthIsInItsShortestForm(String hex) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> FrameHeader.payloadBytes(in, 0))
                .withMessageContaining("shortest form")
                .satisfies(bad -> assertThat(bad.code()).isEqualTo(CloseCode.PROTOCOL_ERROR));
    }

    @ParameterizedTest
    @CsvSource({
        "8200, true, a client's frame without a mask",
        "8280, false, a server's frame with a mask",
        "0900, false, a control frame in fragments",
        "897e, false, a control frame of more than 125 bytes",
        "887f, false, a control frame of more than 125 bytes",
        "83, false, opcode 3",
        "8f, false, opcode 15",
        "a2, false, reserved bits 2 in opcode 2",
        "92, false, reserved bits 1 in opcode 2",
        "c2, false, reserved bits 4 in opcode 2",
    })
    void aFaultIsKnownAtItsByte(String hex, boolean masked, String message) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> FrameHeader.size(in, 0, bytes.length, masked, false))
                .withMessageContaining(message);
        if (bytes.length > 1)
            assertThat(FrameHeader.size(in, 0, 1, masked, false)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "c1, true",
        "c2, true",
        "41, true",
        "c0, false",
        "c8, false",
        "c9, false",
        "e1, false",
        "d1, false",
    })
    void compressionIsMarkedOnTheFirstFrameOfAMessageAlone(String hex, boolean allowed) {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        if (allowed) {
            assertThat(FrameHeader.size(in, 0, 1, false, true)).isZero();
        } else {
            assertThatExceptionOfType(ProtocolError.class)
                    .isThrownBy(() -> FrameHeader.size(in, 0, 1, false, true))
                    .withMessageContaining("reserved bits");
        }
    }
}
