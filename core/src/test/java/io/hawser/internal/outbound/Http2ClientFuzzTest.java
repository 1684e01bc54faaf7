package io.hawser.internal.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.HawserException;
import io.hawser.http.Method;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http2.ClientSlot;
import io.hawser.internal.http2.Http2ClientLink;
import io.hawser.internal.http2.PeerFrames;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.io.ConnectionLimits;
import io.hawser.testing.FakeTime;
import io.hawser.testing.Fuzzing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Whatever a server of HTTP/2 answers: each call gets the same whole answer, or none, however it was cut,
/// fails only with documented errors, and no fault is ours.
public final class Http2ClientFuzzTest {
    private static final OriginServer ORIGIN = OriginServer.parse("http://192.0.2.1");
    private static final Http2ClientLink.Bounds BOUNDS =
            new Http2ClientLink.Bounds(16 << 10, Duration.ofMinutes(1).toNanos(), Long.MAX_VALUE);
    private static final String PENDING = "pending";
    private static final String FAILED = "failed";

    private record Outcome(List<String> calls, boolean open) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(Http2ClientFuzzTest::ask).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        if (!outcomes.getFirst().open) assertThat(outcomes.getFirst().calls).doesNotContain(PENDING);
    }

    private static Outcome ask(List<byte[]> pieces) {
        LinkGroup group = new LinkGroup(ConnectionLimits.defaults(), HandDispatcher.inline(), false, new FakeTime());
        StubbornChannel channel = new StubbornChannel();
        PeerFrames server = new PeerFrames();
        List<ClientCall> calls = new ArrayList<>();
        try {
            Http2ClientLink link = new Http2ClientLink(group, channel, new ConnectTimes(), BOUNDS);
            channel.pipeline().addLast(link);
            link.start(null);
            for (Method method : List.of(Method.GET, Method.HEAD, Method.POST)) {
                ClientCall call = new ClientCall(ORIGIN, Request.of(method, "/"));
                ClientSlot slot = Objects.requireNonNull(link.trySlot());
                slot.whole(call, method.equals(Method.POST) ? Bytes.ofUtf8("a body") : Bytes.EMPTY);
                calls.add(call);
            }
            channel.runPendingTasks();
            byte[] preface = server.preface();
            byte[] begun = channel.written();
            assertThat(begun).startsWith(preface);
            for (byte[] piece : pieces) {
                if (channel.isActive()) channel.read(piece);
                channel.runPendingTasks();
            }
            assertThat(server.read(channel.written()))
                    .noneMatch(line -> line.startsWith("GOAWAY") && line.endsWith(" code=2"));
            return new Outcome(calls.stream().map(Http2ClientFuzzTest::told).toList(), channel.isActive());
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    /// A head may be told before its body fails, or not, as they came in one turn or two: both are a failure.
    private static String told(ClientCall call) {
        if (!call.isSettled()) return PENDING;
        try {
            Response answer = call.await(Long.MAX_VALUE);
            StringBuilder body = new StringBuilder();
            if (answer.body() instanceof BodyPipe pipe) {
                Bytes piece = pipe.poll();
                for (; piece != null && !piece.isEmpty(); piece = pipe.poll()) body.append(piece.toHex());
                if (piece == null) return PENDING;
                body.append(' ').append(pipe.trailers());
            }
            return answer.status() + " " + answer.headers() + " " + body;
        } catch (HawserException documented) {
            return FAILED;
        } catch (Exception other) {
            throw new AssertionError(other);
        }
    }

    private static byte[] head(PeerFrames server, int stream, boolean isAll, String... fields) {
        return server.headers(stream, isAll ? PeerFrames.END_STREAM : 0, fields);
    }

    static List<byte[]> seeds() {
        PeerFrames one = new PeerFrames();
        PeerFrames two = new PeerFrames();
        PeerFrames three = new PeerFrames();
        return List.of(
                PeerFrames.join(
                        one.settings(),
                        head(one, 1, false, ":status", "200", "content-length", "5"),
                        one.data(1, PeerFrames.END_STREAM, "hello"),
                        head(one, 3, true, ":status", "204", "x", "y"),
                        head(one, 5, false, ":status", "201"),
                        one.data(5, 0, "a"),
                        head(one, 5, true, "trailer", "t")),
                PeerFrames.join(
                        two.settings(3, 2, 4, 10),
                        head(two, 1, false, ":status", "103", "link", "x"),
                        head(two, 1, true, ":status", "404"),
                        two.reset(3, 7),
                        two.windowUpdate(0, 1000),
                        two.ping("12345678"),
                        two.reset(5, 0)),
                PeerFrames.join(
                        three.settings(),
                        head(three, 1, false, ":status", "200"),
                        three.frame(
                                7, 0, 0, (byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0, (byte) 0, (byte) 0,
                                (byte) 0),
                        three.data(1, PeerFrames.END_STREAM, "x")));
    }

    @Test
    void aServerThatAnswersAnythingIsUnderstoodAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), Http2ClientFuzzTest::fuzzerTestOneInput);
    }

    @Test
    void theFirstSeedAnswersEachCall() {
        assertThat(ask(List.of(seeds().getFirst())).calls).doesNotContain(PENDING, FAILED);
    }
}
