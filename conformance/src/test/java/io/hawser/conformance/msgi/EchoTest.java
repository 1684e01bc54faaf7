package io.hawser.conformance.msgi;

import static io.hawser.conformance.msgi.MsgiPeer.DATA;
import static io.hawser.conformance.msgi.MsgiPeer.ERROR;
import static io.hawser.conformance.msgi.MsgiPeer.frame;
import static io.hawser.conformance.msgi.MsgiPeer.header;
import static io.hawser.conformance.msgi.MsgiPeer.noise;

import io.hawser.hub.Hub;
import io.hawser.io.ExecutionMode;
import io.hawser.io.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass(name = "{0} {1}")
@MethodSource("io.hawser.conformance.msgi.Hubs#transportsAndModes")
@Timeout(120)
final class EchoTest {
    private static final int LIMIT = 1 << 20;
    private static final int LARGE_FRAMES = 16;
    private static final int PAUSE_MILLIS = 300;

    @Parameter(0)
    private Transport transport = Transport.NIO;

    @Parameter(1)
    private ExecutionMode mode = ExecutionMode.VIRTUAL;

    private Hub hub;

    @BeforeEach
    void start() {
        hub = Hubs.start(transport, mode);
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void framesComeBackByteForByte() throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            for (int size : new int[] {0, 1, 125, 126, 127, 1023, 65_535, 65_536, LIMIT - 1, LIMIT}) {
                peer.echoes(noise(size));
            }
        }
    }

    @Test
    void oneByteOverTheLimitIsKnownFromTheHeader() throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            peer.echoes(noise(LIMIT));
            peer.write(header(10 + LIMIT + 1, DATA));
            peer.expectGoodbye(ERROR, 4002);
        }
    }

    @Test
    void aFrameCutAtEveryByteComesBackWhole() throws IOException {
        byte[] payload = noise(13);
        byte[] whole = frame(DATA, payload);
        List<MsgiPeer> peers = new ArrayList<>();
        try (MsgiPeer probe = MsgiPeer.connect(hub.endpoint())) {
            for (int cut = 1; cut < whole.length; cut++) {
                MsgiPeer peer = MsgiPeer.connect(hub.endpoint());
                peers.add(peer);
                // The first frame of every other connection, so that the cut meets the recognition as well.
                if (cut % 2 == 0) peer.echoes(payload);
                peer.write(Arrays.copyOf(whole, cut));
            }
            // The one event loop has read the first parts when it has answered this.
            probe.echoes(payload);
            for (int cut = 1; cut < whole.length; cut++) {
                MsgiPeer peer = peers.get(cut - 1);
                peer.write(Arrays.copyOfRange(whole, cut, whole.length));
                peer.expectData(payload);
            }
        } finally {
            for (MsgiPeer peer : peers) peer.close();
        }
    }

    @Test
    void aThousandFramesInOneWriteComeBackInOrder() throws IOException {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (int i = 0; i < 1000; i++) all.writeBytes(frame(DATA, noise(i)));
            peer.write(all.toByteArray());
            for (int i = 0; i < 1000; i++) peer.expectData(noise(i));
        }
    }

    /// More than the sockets between hold: the hub has to stop reading, and to go on.
    @Test
    void largeFramesThatAreNotReadForAWhileAllComeBack() throws Exception {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            Thread writer = sendingLargeFrames(peer, () -> {});
            writer.join(PAUSE_MILLIS);
            for (int i = 0; i < LARGE_FRAMES; i++) peer.expectData(noise(LIMIT));
            writer.join();
            peer.echoes(noise(10));
        }
    }

    @Test
    void theyAllComeBackAlsoToWhoHasEndedHisOutput() throws Exception {
        try (MsgiPeer peer = MsgiPeer.connect(hub.endpoint())) {
            Thread writer = sendingLargeFrames(peer, peer::endOutput);
            writer.join(PAUSE_MILLIS);
            for (int i = 0; i < LARGE_FRAMES; i++) peer.expectData(noise(LIMIT));
            peer.expectEnd();
            writer.join();
        }
    }

    private interface Ending {
        void run() throws IOException;
    }

    private static Thread sendingLargeFrames(MsgiPeer peer, Ending ending) {
        byte[] frame = frame(DATA, noise(LIMIT));
        return Thread.ofPlatform().start(() -> {
            try {
                for (int i = 0; i < LARGE_FRAMES; i++) peer.write(frame);
                ending.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
