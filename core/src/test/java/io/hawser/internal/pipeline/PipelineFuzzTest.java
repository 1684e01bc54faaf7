package io.hawser.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import io.hawser.testing.Fuzzing;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever comes over a connection with a pipeline: a message is what the peer sent or refused with a code,
/// one that was touched is never taken where keys are used, and nothing inflates over the limit.
public final class PipelineFuzzTest {
    private static final int LIMIT = 4096;
    private static final List<Pipeline> COMPRESSED = List.of(
            Pipeline.of(Compression.deflate().withMinBytes(0)),
            Pipeline.of(Compression.zstd().withMinBytes(0)),
            Pipeline.of(Compression.lz4().withMinBytes(0)));
    private static final List<Pipeline> KEYED = List.of(
            Pipeline.of(Encryption.aes256Gcm(BoundPair.keys())),
            Pipeline.of(Compression.lz4(), Signing.hmacSha256(BoundPair.keys())),
            Pipeline.of(Compression.deflate().withMinBytes(0), Encryption.chaCha20Poly1305(BoundPair.keys())));

    public static void fuzzerTestOneInput(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        for (Pipeline pipeline : COMPRESSED) {
            received(BoundPair.of(pipeline, pipeline, LIMIT, 0), bytes)
                    .ifPresent(received -> assertThat(received.size()).isLessThanOrEqualTo(LIMIT));
        }
        for (Pipeline pipeline : KEYED) {
            assertThat(received(BoundPair.of(pipeline, pipeline, LIMIT, 0), bytes))
                    .isEmpty();
            touched(BoundPair.of(pipeline, pipeline, LIMIT, 0), input);
        }
        for (Pipeline pipeline : COMPRESSED) roundTrip(BoundPair.of(pipeline, pipeline, LIMIT, 0), bytes);
        for (Pipeline pipeline : KEYED) roundTrip(BoundPair.of(pipeline, pipeline, LIMIT, 0), bytes);
    }

    private static Optional<Bytes> received(BoundPair pair, Bytes bytes) {
        try (BoundPipeline client = pair.client();
                BoundPipeline server = pair.server()) {
            assertThat(client).isNotNull();
            return Optional.of(server.inbound(BoundPair.DATA, bytes));
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isBetween(4000, 4999);
            return Optional.empty();
        }
    }

    /// Turns bits of a good message, at places that the input chooses.
    private static void touched(BoundPair pair, byte[] input) {
        try (BoundPipeline client = pair.client();
                BoundPipeline server = pair.server()) {
            byte[] good =
                    client.outbound(BoundPair.DATA, Bytes.ofUtf8("the message")).toArray();
            byte[] bad = good.clone();
            for (int i = 0; i + 1 < input.length && i < 8; i += 2) {
                bad[(input[i] & 0xff) % bad.length] ^= input[i + 1];
            }
            Bytes received;
            try {
                received = server.inbound(BoundPair.DATA, Bytes.wrap(bad));
            } catch (ProtocolError refused) {
                return;
            }
            assertThat(Arrays.equals(good, bad)).isTrue();
            assertThat(received).isEqualTo(Bytes.ofUtf8("the message"));
        }
    }

    private static void roundTrip(BoundPair pair, Bytes bytes) {
        try (BoundPipeline client = pair.client();
                BoundPipeline server = pair.server()) {
            assertThat(server.inbound(BoundPair.DATA, client.outbound(BoundPair.DATA, bytes)))
                    .isEqualTo(bytes);
        } catch (LimitExceeded over) {
            assertThat(bytes.size()).isGreaterThan(LIMIT);
        }
    }

    static List<byte[]> seeds() {
        byte[] zeros = new byte[3000];
        BoundPair pair = BoundPair.of(COMPRESSED.getFirst());
        byte[] deflated =
                pair.client().outbound(BoundPair.DATA, Bytes.wrap(zeros)).toArray();
        BoundPair other = BoundPair.of(COMPRESSED.get(1));
        byte[] zstd = other.client()
                .outbound(BoundPair.DATA, Bytes.ofUtf8("hello, hello, hello"))
                .toArray();
        BoundPair third = BoundPair.of(COMPRESSED.get(2));
        byte[] lz4 = third.client().outbound(BoundPair.DATA, Bytes.wrap(zeros)).toArray();
        for (BoundPair each : List.of(pair, other, third)) {
            each.client().close();
            each.server().close();
        }
        return List.of(deflated, zstd, lz4, "plain text".getBytes(java.nio.charset.StandardCharsets.US_ASCII), zeros);
    }

    @Test
    void whatThePeerDidNotSendIsRefused() {
        Fuzzing.check(seeds(), PipelineFuzzTest::fuzzerTestOneInput);
    }
}
