package io.hawser.internal.pipeline;

import static io.hawser.internal.pipeline.BoundPair.DATA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Async;
import io.hawser.Bytes;
import io.hawser.SessionClosed;
import io.hawser.messaging.Compression;
import io.hawser.messaging.Encryption;
import io.hawser.messaging.KeyRing;
import io.hawser.messaging.Pipeline;
import io.hawser.messaging.Signing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConcurrencyTest {
    private static final int MESSAGES = 500;

    @ParameterizedTest
    @MethodSource("io.hawser.internal.pipeline.BoundPair#every")
    void theTwoDirectionsAndManyConnectionsRunAtOnce(Pipeline pipeline) throws Exception {
        List<CompletableFuture<?>> work = new ArrayList<>();
        for (int connection = 0; connection < 4; connection++) {
            BoundPair pair = BoundPair.of(pipeline);
            work.addAll(conversation(pair.client(), pair.server(), connection));
            work.addAll(conversation(pair.server(), pair.client(), 100 + connection));
        }
        for (CompletableFuture<?> each : work) each.get(50, TimeUnit.SECONDS);
    }

    private static List<CompletableFuture<?>> conversation(BoundPipeline from, BoundPipeline to, int seed) {
        BlockingQueue<Bytes> wire = new LinkedBlockingQueue<>(MESSAGES);
        return List.of(
                Async.call(() -> {
                    for (int i = 0; i < MESSAGES; i++) wire.put(from.outbound(DATA, payload(seed, i)));
                    return true;
                }),
                Async.call(() -> {
                    for (int i = 0; i < MESSAGES; i++) {
                        Bytes next = Objects.requireNonNull(wire.poll(30, TimeUnit.SECONDS), "the sender failed");
                        assertThat(to.inbound(DATA, next)).isEqualTo(payload(seed, i));
                    }
                    return true;
                }));
    }

    private static Bytes payload(int seed, int i) {
        return i % 2 == 0 ? BoundPair.random(seed + i, i % 300) : BoundPair.repetitive(i * 7);
    }

    @Test
    void keysRotateUnderMessagesThatPass() throws Exception {
        KeyRing keys = KeyRing.of("k0", BoundPair.secret(1)).add("k1", BoundPair.secret(2));
        Pipeline pipeline = Pipeline.of(Encryption.aes256Gcm(keys), Signing.hmacSha256(keys));
        BoundPair pair = BoundPair.of(pipeline);
        List<CompletableFuture<?>> work = conversation(pair.client(), pair.server(), 1);
        for (int i = 0; !work.stream().allMatch(CompletableFuture::isDone); i++) {
            keys.rotateTo("k" + i % 2);
            Thread.onSpinWait();
        }
        for (CompletableFuture<?> each : work) each.get(50, TimeUnit.SECONDS);
    }

    /// A caller that breaks the rule gets messages in an order that no one knows, but never one number twice.
    @Test
    void twoThreadsThatSendAtOnceNeverShareANumber() throws Exception {
        Pipeline pipeline = Pipeline.of(Encryption.chaCha20Poly1305(BoundPair.keys()));
        BoundPipeline sender = BoundPair.of(pipeline).client();
        ConcurrentLinkedQueue<Bytes> sent = new ConcurrentLinkedQueue<>();
        List<CompletableFuture<?>> work = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            work.add(Async.call(() -> {
                for (int i = 0; i < MESSAGES; i++) sent.add(sender.outbound(DATA, Bytes.ofUtf8("the same")));
                return true;
            }));
        }
        for (CompletableFuture<?> each : work) each.get(50, TimeUnit.SECONDS);
        Set<Bytes> distinct = new HashSet<>(sent);
        assertThat(distinct).hasSize(4 * MESSAGES);
    }

    @Test
    void closingWhileMessagesPassEndsThemCleanly() throws Exception {
        Pipeline pipeline = Pipeline.of(Compression.deflate(), Signing.hmacSha256(BoundPair.keys()));
        for (int sentBefore = 0; sentBefore < 50; sentBefore++) {
            BoundPair pair = BoundPair.of(pipeline);
            CountDownLatch started = new CountDownLatch(sentBefore);
            CompletableFuture<Integer> sending = Async.call(() -> {
                int sent = 0;
                try {
                    while (true) {
                        pair.server().inbound(DATA, pair.client().outbound(DATA, BoundPair.repetitive(400)));
                        sent++;
                        started.countDown();
                    }
                } catch (SessionClosed e) {
                    return sent;
                }
            });
            assertThat(started.await(50, TimeUnit.SECONDS)).isTrue();
            pair.client().close();
            assertThat(sending.get(50, TimeUnit.SECONDS)).isGreaterThanOrEqualTo(sentBefore);
            assertThatThrownBy(() -> pair.client().outbound(DATA, Bytes.EMPTY)).isInstanceOf(SessionClosed.class);
        }
    }
}
