package io.hawser.messaging.it;

import static io.hawser.messaging.it.RawPeer.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoThreads;
import io.hawser.io.Transport;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.messaging.MessagingServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Long frames are read on where they lie and sent from there, short ones are joined: all of it in one stream.
class LongFramesTest {
    private static final int FRAMES = 300;
    private static final int[] SIZES = {0, 1, 500, 20_000, 32 << 10, 65_526, 65_536, 65_536, 100_000, 300_000};

    @ParameterizedTest
    @MethodSource("io.hawser.messaging.it.Servers#transportsAndModes")
    void ofEveryLengthInPiecesOfEveryLengthComeBackAsTheyWere(Transport transport, ExecutionMode mode)
            throws Exception {
        Random random = new Random(transport.ordinal() * 10L + mode.ordinal());
        List<Frame> frames = frames(random);
        try (IoThreads io = Servers.start(transport);
                MessagingServer server =
                        MessagingServer.start(Servers.anyPort(), MessagingConfig.defaults(), Servers.echo(mode), io);
                RawPeer peer = RawPeer.to(server.endpoint());
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> written = writers.submit(() -> {
                sendInPieces(peer, bytes(frames.toArray(Frame[]::new)), random);
                return null;
            });
            for (Frame frame : frames) assertThat(peer.next().orElseThrow()).isEqualTo(frame);
            written.get();
            peer.endOutput();
            assertThat(peer.next()).isEmpty();
        }
    }

    private static List<Frame> frames(Random random) {
        List<Frame> frames = new ArrayList<>();
        int size = 0;
        while (frames.size() < FRAMES) {
            if (random.nextInt(4) == 0) size = SIZES[random.nextInt(SIZES.length)];
            byte[] payload = new byte[size];
            random.nextBytes(payload);
            frames.add(new Frame(FrameType.DATA, Bytes.wrap(payload)));
        }
        return frames;
    }

    private static void sendInPieces(RawPeer peer, byte[] all, Random random) throws IOException {
        for (int from = 0; from < all.length; ) {
            int end = Math.min(all.length, from + 1 + random.nextInt(random.nextBoolean() ? 1_000 : 500_000));
            peer.send(Bytes.wrap(all).slice(from, end).toArray());
            from = end;
        }
    }
}
