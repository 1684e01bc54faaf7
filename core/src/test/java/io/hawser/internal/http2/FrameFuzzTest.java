package io.hawser.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.io.ExecutionMode;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Frames in any order, good and bad: the connection goes on, or ends with a reason that is the peer's.
public final class FrameFuzzTest {
    private static final long SEED = 0x4841575345525fL;
    private static final String INTERNAL_ERROR = " code=2";
    private static final HttpHandler HANDLER = request -> switch (request.rawPath()) {
        case "/echo" -> Response.of(200, Headers.EMPTY, request.body());
        case "/large" -> Response.ok(Body.text("x".repeat(100_000)));
        default -> Response.noContent();
    };

    private static byte[] frame(PeerFrames frames, Random random, int[] nextStream) {
        int stream = random.nextInt(4) == 0 ? random.nextInt(12) : Math.max(1, nextStream[0] - 2 * random.nextInt(3));
        String path = List.of("/", "/echo", "/large").get(random.nextInt(3));
        return switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> {
                nextStream[0] += 2;
                yield random.nextBoolean()
                        ? frames.get(nextStream[0], path)
                        : frames.post(nextStream[0], path, random.nextBoolean() ? "content-length" : "a", "5");
            }
            case 4, 5, 6 -> frames.data(stream, random.nextInt(2), "x".repeat(random.nextInt(8)));
            case 7 -> frames.headers(stream, random.nextInt(2), "a", "b");
            case 8 -> frames.reset(stream, random.nextInt(14));
            case 9 -> frames.windowUpdate(stream, random.nextInt(100_000));
            case 10 -> frames.settings(1 + random.nextInt(8), random.nextInt(70_000));
            case 11 -> frames.ping("12345678");
            case 12 -> frames.frame(1, random.nextInt(64), stream, frames.block(":method", "GET", ":path", "/"));
            case 13 -> frames.frame(9, random.nextInt(8), stream, frames.block("c", "d"));
            default -> frames.frame(random.nextInt(12), random.nextInt(64), stream, noise(random, 24));
        };
    }

    private static byte[] noise(Random random, int most) {
        byte[] noise = new byte[random.nextInt(most)];
        random.nextBytes(noise);
        return noise;
    }

    private static void sendInPieces(Http2Wire wire, Random random, byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(40));
            wire.send(Arrays.copyOfRange(bytes, at, at + count));
            at += count;
        }
    }

    @Test
    void framesInAnyOrderEndTheConnectionOrLeaveItAlive() {
        Random random = new Random(SEED);
        int alive = 0;
        for (int round = 0; round < 500; round++) {
            if (stayedAlive(random, round % 2 == 0 ? ExecutionMode.EVENT_LOOP : ExecutionMode.VIRTUAL)) alive++;
        }
        assertThat(alive).isGreaterThan(10);
    }

    private static boolean stayedAlive(Random random, ExecutionMode mode) {
        try (Http2Wire wire = new Http2Wire(HttpConfig.defaults(), HANDLER.in(mode)).greeted()) {
            int[] nextStream = {1};
            List<String> said = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                byte[] frame = frame(wire.peer, random, nextStream);
                if (random.nextInt(4) == 0) sendInPieces(wire, random, frame);
                else wire.send(frame);
                if (mode == ExecutionMode.EVENT_LOOP || random.nextInt(3) > 0) said.addAll(wire.received());
            }
            int last = nextStream[0] + 100 | 1;
            wire.send(wire.peer.get(last, "/"));
            while (wire.waiting.size() > 1) wire.waiting.removeLast();
            said.addAll(wire.received());
            assertThat(said).noneMatch(line -> line.startsWith("GOAWAY") && line.endsWith(INTERNAL_ERROR));
            if (said.contains("HEADERS " + last + " END_STREAM :status=204")) return true;
            if (mode == ExecutionMode.EVENT_LOOP) {
                assertThat(said).anyMatch(line -> line.startsWith("GOAWAY") || line.startsWith("RST_STREAM " + last));
            }
            return false;
        }
    }

    /// The bytes choose the frames, as the random numbers do otherwise.
    public static void fuzzerTestOneInput(byte[] input) {
        stayedAlive(new Choices(input), ExecutionMode.EVENT_LOOP);
        stayedAlive(new Choices(input), ExecutionMode.VIRTUAL);
    }

    /// Numbers out of an input, two bytes each; zeroes behind its end.
    private static final class Choices extends Random {
        private static final long serialVersionUID = 1;
        private static final int SPREAD = 0x9E3779B1;

        private final byte[] input;
        private int at;

        Choices(byte[] input) {
            super(0);
            this.input = input;
        }

        private int nextByte() {
            return at < input.length ? input[at++] & 0xff : 0;
        }

        @Override
        protected int next(int bits) {
            int chosen = nextByte() << 8 | nextByte();
            return (chosen * SPREAD) >>> (32 - bits);
        }
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Random random = new Random(SEED);
        for (int size = 8; size <= 512; size *= 2) {
            byte[] seed = new byte[size];
            random.nextBytes(seed);
            seeds.add(seed);
        }
        return seeds;
    }

    @Test
    void chosenFramesInAnyOrderEndTheConnectionOrLeaveItAlive() {
        Fuzzing.check(seeds(), FrameFuzzTest::fuzzerTestOneInput);
    }

    @Test
    void noiseEndsTheConnection() {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            try (Http2Wire wire = Http2Wire.of(HANDLER).greeted()) {
                for (int i = 0; i < 4; i++) wire.send(noise(random, 200));
                assertThat(wire.received()).noneMatch(line -> line.endsWith(INTERNAL_ERROR));
            }
        }
    }
}
