package io.hawser.internal.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.testing.Fuzzing;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Any text is PEM or refused with its line; any ClientHello is read within its bounds.
public final class CertificateFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) {
        ByteBuf hello = Unpooled.wrappedBuffer(input);
        boolean excludes = ClientHello.excludes(hello, List.of("h2", "http/1.1"));
        assertThat(hello.readableBytes()).isEqualTo(input.length);
        if (excludes) assertThat(input.length).isGreaterThan(40);
        try {
            PemText pem = PemText.parse(Fuzzing.text(input));
            assertThat(PemText.parse(pem.toString()).blocks().stream().map(PemText.Block::content))
                    .containsExactlyElementsOf(
                            pem.blocks().stream().map(PemText.Block::content).toList());
            pem.certificates();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).containsAnyOf("line ", "no certificate");
        }
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>(Fuzzing.seeds(
                "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n",
                "x\n-----BEGIN A-----\nProc-Type: 4\nAAAA\n-----END A-----\n-----BEGIN B-----\n"));
        byte[] hello = new byte[34 + 1 + 2 + 2 + 1 + 1 + 2];
        hello[36] = 2;
        hello[39] = 1;
        byte[] alpn = {0, 16, 0, 5, 0, 3, 2, 'x', '2'};
        byte[] whole = java.util.Arrays.copyOf(hello, hello.length + alpn.length);
        whole[hello.length - 1] = (byte) alpn.length;
        System.arraycopy(alpn, 0, whole, hello.length, alpn.length);
        seeds.add(whole);
        seeds.add(hello);
        return seeds;
    }

    @Test
    void anyBytesAreReadWithinTheirBounds() {
        Fuzzing.check(seeds(), CertificateFuzzTest::fuzzerTestOneInput);
    }
}
