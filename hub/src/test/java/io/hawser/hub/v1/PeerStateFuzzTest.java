package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.cluster.Position;
import io.hawser.internal.item.ItemReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Whatever comes as a session of another node: it is one, and the same when it is handed on, or a
/// documented error.
public final class PeerStateFuzzTest {
    public static void fuzzerTestOneInput(byte[] input) {
        PeerState state;
        try {
            state = PeerState.parse(Bytes.wrap(input));
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isEqualTo(ItemReader.MALFORMED);
            return;
        } catch (LimitExceeded deep) {
            return;
        }
        assertThat(PeerState.parse(state.encoded())).isEqualTo(state);
    }

    static List<byte[]> seeds() {
        PeerState empty = new PeerState("", "", Generations.FIRST, 0, List.of(), List.of(), Map.of());
        PeerState full = new PeerState(
                "web-7",
                "ann",
                new Generations(3, 2),
                41,
                List.of(new Unacked.Direct(40, Payload.text("hi").signed(new Sender("s", "u")))),
                List.of("m1", "m2"),
                Map.of("room.1", new Position("e", 7, "g"), "live.*", Position.NONE));
        return List.of(empty.encoded().toArray(), full.encoded().toArray());
    }

    @Test
    void anyBytesAreASessionOrRefused() {
        Mutations.check(seeds(), PeerStateFuzzTest::fuzzerTestOneInput);
    }
}
