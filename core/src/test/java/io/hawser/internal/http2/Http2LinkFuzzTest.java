package io.hawser.internal.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.http.Body;
import io.hawser.http.HttpHandler;
import io.hawser.http.Response;
import io.hawser.testing.Fuzzing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever follows a client's preface: handler and peer see the same however it was cut, and no fault is ours.
public final class Http2LinkFuzzTest {
    private record Outcome(List<String> asked, List<String> answered, boolean open) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(Http2LinkFuzzTest::serve).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        Outcome outcome = outcomes.getFirst();
        assertThat(outcome.answered)
                .noneMatch(line -> line.startsWith("GOAWAY") && line.endsWith(" code=2"))
                .noneMatch(line -> line.startsWith("HEADERS") && line.contains(":status=500"));
        for (String line : outcome.asked) assertThat(line).doesNotContain("\r", "\n", "\0");
    }

    private static Outcome serve(List<byte[]> pieces) {
        List<String> asked = new ArrayList<>();
        HttpHandler handler = request -> {
            asked.add(request.method() + " " + request.target() + " " + request.headers());
            return Response.ok(Body.text(request.target()));
        };
        try (Http2Wire wire = Http2Wire.of(handler).greeted()) {
            for (byte[] piece : pieces) wire.send(piece);
            return new Outcome(asked, wire.answers(), wire.isOpen());
        }
    }

    static List<byte[]> seeds() {
        return List.of(
                seed(peer -> peer.get(1, "/a", "x", "y"), peer -> peer.get(3, "/b")),
                seed(
                        peer -> peer.post(1, "/p", "content-length", "5"),
                        peer -> peer.data(1, 0, "he"),
                        peer -> peer.data(1, PeerFrames.END_STREAM, "llo")),
                seed(
                        peer -> peer.frame(1, 1, 1, peer.block(":method", "GET", ":path", "/", ":scheme", "http")),
                        peer -> peer.frame(9, PeerFrames.END_HEADERS, 1, peer.block(":authority", "h"))),
                seed(peer -> peer.ping("12345678"), peer -> peer.settings(1, 0, 4, 70_000, 5, 20_000)),
                seed(peer -> peer.get(1, "/"), peer -> peer.reset(1, 8), peer -> peer.windowUpdate(0, 1000)),
                seed(peer -> peer.frame(7, 0, 0, new byte[8]), peer -> peer.data(0, 0, "behind a goodbye")),
                seed(
                        peer -> peer.post(1, "/t"),
                        peer -> peer.frame(0, 8, 1, (byte) 2, (byte) 'x', (byte) 0, (byte) 0),
                        peer -> peer.headers(1, PeerFrames.END_STREAM, "trailer", "t")));
    }

    private interface Step {
        byte[] of(PeerFrames peer);
    }

    private static byte[] seed(Step... steps) {
        PeerFrames peer = new PeerFrames();
        byte[][] frames = new byte[steps.length][];
        for (int i = 0; i < steps.length; i++) frames[i] = steps[i].of(peer);
        return PeerFrames.join(frames);
    }

    @Test
    void aClientThatSendsAnythingIsUnderstoodAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), Http2LinkFuzzTest::fuzzerTestOneInput);
    }
}
