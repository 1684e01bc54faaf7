package io.hawser.internal.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.link.HandDispatcher;
import io.hawser.internal.link.StubbornChannel;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingClientConfig;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.Message;
import io.hawser.session.SessionConfig;
import io.hawser.testing.FakeTime;
import io.hawser.testing.Fuzzing;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Whatever a server of MSGI says to a client: its handler hears the same of it however it was cut, and
/// hears the end once and last.
public final class MsgiClientFuzzTest {
    private static final MsgiSettings SETTINGS =
            MsgiSettings.of(MessagingConfig.defaults().withMaxMessageBytes(4096));
    private static final MessagingClientConfig CLIENT =
            MessagingClientConfig.to("meter-7", Endpoint.of("192.0.2.1", 7000));

    private record Outcome(List<String> told, boolean open) {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<Outcome> outcomes =
                Fuzzing.cuts(input).stream().map(MsgiClientFuzzTest::hear).toList();
        assertThat(outcomes).allMatch(outcomes.getFirst()::equals);
        List<String> told = outcomes.getFirst().told;
        assertThat(told.stream().filter(line -> line.startsWith("closed"))).hasSizeLessThanOrEqualTo(1);
        if (told.stream().anyMatch(line -> line.startsWith("closed")))
            assertThat(told.getLast()).startsWith("closed");
    }

    private static Outcome hear(List<byte[]> pieces) {
        Recorder handler = new Recorder((session, message) -> session.offer(message)) {
            @Override
            String described(Message message) {
                return message.bytes().toHex();
            }
        };
        SessionRegistry sessions =
                new SessionRegistry(SessionConfig.defaults(), handler, HandDispatcher.inline(), false, new FakeTime());
        SendQueue queue = new SendQueue(size -> {}, 3, 100);
        StubbornChannel channel = new StubbornChannel();
        try {
            MsgiClientLink link = new MsgiClientLink(sessions, SETTINGS, CLIENT, queue, channel);
            channel.pipeline().addLast(link);
            link.start(null);
            channel.runPendingTasks();
            for (byte[] piece : pieces) {
                if (channel.isActive()) channel.read(piece);
                channel.runPendingTasks();
            }
            return new Outcome(List.copyOf(handler.told()), channel.isActive());
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    static List<byte[]> seeds() {
        Frame welcome = ServerWire.control(
                new Greeting.Welcome(1, "s", "sid-1", 25_000, Optional.empty(), Optional.empty()).encoded());
        Frame refusal = ServerWire.control(Bytes.ofHex("a26269640163657272a163636f6465190191"));
        Frame ping = new Frame(FrameType.PING, Bytes.ofUtf8("p"));
        return List.of(
                ServerWire.frames(welcome, ServerWire.data("hello"), ping, ServerWire.data("")),
                ServerWire.frames(ping, refusal, ServerWire.data("x")),
                ServerWire.frames(welcome, welcome, ServerWire.data(2000)),
                ServerWire.frames(welcome, new Frame(FrameType.DISCONNECT, Bytes.ofHex("a163636f6465190fa1"))),
                ServerWire.frames(new Frame(FrameType.ERROR, Bytes.ofHex("a0")), ServerWire.data("late")));
    }

    @Test
    void aServerThatSaysAnythingIsHeardAlikeHoweverItIsCut() {
        Fuzzing.check(seeds(), MsgiClientFuzzTest::fuzzerTestOneInput);
    }
}
