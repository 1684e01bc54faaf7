package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.tcp.ProxyHeader.Found;
import io.hawser.testing.Fuzzing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any first bytes of a connection: what a PROXY header says is known at one byte and does not change with
/// more of them, takes exactly itself, and only then names somebody.
public final class EntranceFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) {
        Found before = Found.UNFINISHED;
        for (int size = 0; size <= input.length; size++) {
            ByteBuf part = Unpooled.wrappedBuffer(input, 0, size);
            ProxyHeader header = new ProxyHeader();
            Found found = header.take(part);
            if (before != Found.UNFINISHED) assertThat(found).isEqualTo(before);
            if (found != Found.TAKEN) assertThat(part.readableBytes()).isEqualTo(size);
            if (found == Found.TAKEN && before == Found.UNFINISHED)
                assertThat(part.readableBytes()).isZero();
            header.source().ifPresent(source -> {
                assertThat(found).isEqualTo(Found.TAKEN);
                assertThat(source.isIpLiteral()).isTrue();
            });
            if (size > 5000) assertThat(found).isNotEqualTo(Found.UNFINISHED);
            before = found;
        }
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(Fuzzing.seeds(
                "PROXY TCP4 192.0.2.1 198.51.100.2 56324 443\r\nGET",
                "PROXY TCP6 2001:db8::1 ::1 1 65535\r\n",
                "PROXY UNKNOWN x\r\n",
                "PROXY " + "x".repeat(102)));
        for (String hex : List.of(
                "0d0a0d0a000d0a515549540a2111000cc0000201c6336402dc0401bb474554",
                "0d0a0d0a000d0a515549540a2121002420010db8000000000000000000000001000000000000000000000000000000010001ffff",
                "0d0a0d0a000d0a515549540a20000000"))
            seeds.add(java.util.HexFormat.of().parseHex(hex));
        return seeds;
    }

    @Test
    void aHeaderIsWhatItIsHoweverMuchFollows() {
        Fuzzing.check(seeds(), EntranceFuzzTest::fuzzerTestOneInput);
    }
}
