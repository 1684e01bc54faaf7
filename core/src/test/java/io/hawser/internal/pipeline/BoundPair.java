package io.hawser.internal.pipeline;

import io.hawser.Bytes;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Logging;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/// The two ends of one connection, without the connection.
record BoundPair(BoundPipeline client, BoundPipeline server) {
    static final int DATA = 0x0010;
    static final int LIMIT = 1 << 20;
    /// Below what the tests print.
    static final Logging QUIET = Logging.defaults().withLevel(System.Logger.Level.TRACE);

    static BoundPair of(Pipeline pipeline) {
        return of(pipeline, pipeline, LIMIT, 0);
    }

    static BoundPair of(Pipeline atClient, Pipeline atServer) {
        return of(atClient, atServer, LIMIT, 0);
    }

    static BoundPair of(Pipeline atClient, Pipeline atServer, int maxPayloadBytes, long firstSequence) {
        PipelineHandshake client = PipelineHandshake.of(atClient, Role.CLIENT);
        PipelineHandshake server = PipelineHandshake.of(atServer, Role.SERVER);
        return new BoundPair(
                client.bind(server.offer(), "client", maxPayloadBytes, firstSequence),
                server.bind(client.offer(), "server", maxPayloadBytes, firstSequence));
    }

    Bytes toServer(Bytes payload) {
        return server.inbound(DATA, client.outbound(DATA, payload));
    }

    Bytes toClient(Bytes payload) {
        return client.inbound(DATA, server.outbound(DATA, payload));
    }

    static byte[] secret(int seed) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) seed);
        return secret;
    }

    static KeyRing keys() {
        return KeyRing.of("k1", secret(1));
    }

    /// The pipelines that notice when a message is not the next one of its connection.
    static Stream<Named<Pipeline>> authenticated() {
        return Stream.of(
                        Pipeline.of(Encryption.aes256Gcm(keys())),
                        Pipeline.of(Encryption.chaCha20Poly1305(keys())),
                        Pipeline.of(Signing.hmacSha256(keys())),
                        Pipeline.of(Compression.deflate().withMinBytes(1), Encryption.aes256Gcm(keys())),
                        Pipeline.of(Compression.lz4(), Signing.hmacSha256(keys())),
                        Pipeline.of(Signing.hmacSha256(keys()), Compression.zstd()),
                        Pipeline.of(
                                QUIET,
                                Compression.zstd(),
                                Encryption.chaCha20Poly1305(keys()),
                                Signing.hmacSha256(keys()),
                                QUIET),
                        Pipeline.of(Encryption.aes256Gcm(keys()), Encryption.aes256Gcm(keys())))
                .map(BoundPair::named);
    }

    static Stream<Named<Pipeline>> every() {
        return Stream.concat(
                Stream.of(
                                Pipeline.of(),
                                Pipeline.of(QUIET),
                                Pipeline.of(Compression.deflate()),
                                Pipeline.of(Compression.deflate().withLevel(9).withMinBytes(0)),
                                Pipeline.of(Compression.zstd().withLevel(19)),
                                Pipeline.of(Compression.zstd().withMinBytes(0)),
                                Pipeline.of(Compression.lz4()),
                                Pipeline.of(Compression.lz4().withLevel(17).withMinBytes(0)))
                        .map(BoundPair::named),
                authenticated());
    }

    private static Named<Pipeline> named(Pipeline pipeline) {
        return Named.of(pipeline.toString(), pipeline);
    }

    static Bytes random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return Bytes.wrap(bytes);
    }

    static Bytes repetitive(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (i % 23);
        return Bytes.wrap(bytes);
    }

    /// `message` with one bit changed.
    static Bytes flipped(Bytes message, int bit) {
        byte[] bytes = message.toArray();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Bytes.wrap(bytes);
    }
}
