package io.hawser.client;

import static io.hawser.client.Requests.body;
import static io.hawser.client.Requests.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.cluster.Position;
import io.hawser.cluster.TopicPattern;
import io.hawser.testing.Fuzzing;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// Whatever a hub says: a client takes it, or gives the connection up for it, and waits no longer before it
/// comes back than a hub may wish.
public final class ToldFuzzTest {
    private static final Duration LONGEST = Duration.ofHours(1);

    public static void fuzzerTestOneInput(byte[] input) {
        Following log = new Following(TopicPattern.of("room.1"), new Position("e", 5, "g"), null, 4, () -> {});
        Following live = new Following(TopicPattern.of("live.*"), Position.NONE, null, 4, () -> {});
        Told told = new Told(
                Map.of("room.1", log, "live.*", live),
                new Questions(new WireState(), Duration.ofSeconds(1)),
                new Direct(message -> {}, acknowledged -> {}));
        try {
            // Twice: what was said once may meet what it did.
            for (int i = 0; i < 2; i++) told.message(Requests.decode(Bytes.copyOf(input)));
        } catch (ProtocolError | IllegalArgumentException | JacksonException givenUp) {
            // As HubSession does, which then connects anew.
        }
        assertThat(told.pause().orElse(Duration.ZERO)).isBetween(Duration.ZERO, LONGEST);
        assertThat(told.spread()).isBetween(Duration.ZERO, Duration.ofMinutes(10));
        assertThat(log.handled()).isEqualTo(new Position("e", 5, "g"));
    }

    private static byte[] said(ObjectNode message) {
        return Requests.encode(message).toArray();
    }

    static List<byte[]> seeds() {
        Position at = new Position("e", 6, "h");
        ObjectNode from = body().put("sid", "s").put("user", "u");
        ObjectNode pub = body().put("topic", "room.1").put("o", 6).put("g", "h").put("d", "text");
        pub.set("from", from);
        ObjectNode live = body().put("topic", "live.1");
        live.set("d", body().put("a", 1));
        ObjectNode resync = Requests.position(at).put("topic", "room.1").put("reason", "window");
        ObjectNode sub = Requests.position(at).put("topic", "room.1").put("recovered", true);
        return List.of(
                said(request("pub", pub)),
                said(request("pub", live)),
                said(request("resync", resync)),
                said(request("sub", sub).put("id", 1)),
                said(request("gap", body().put("topic", "live.*").put("n", 7))),
                said(request("goaway", body().put("code", 4501).put("retry", 7000))),
                said(request("spread", body().put("within", 10_000))),
                said(request("err", body().put("code", 503).put("retry", 10)).put("id", 1)),
                HexFormat.of().parseHex("bf637075 62a1656f".replace(" ", "")));
    }

    @Test
    void aHubThatSaysAnythingHarmsNoClient() {
        Fuzzing.check(seeds(), ToldFuzzTest::fuzzerTestOneInput);
    }
}
