package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.internal.item.ItemReader;
import io.hawser.internal.json.JsonReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever comes from a broker as a payload: it is none, or can be pushed to every follower, who can read it.
public final class PushFuzzTest {
    private static final Topic TOPIC = Topic.of("room.1");
    private static final Sender ANN = new Sender("s1", "ann");

    public static void fuzzerTestOneInput(byte[] input) {
        Bytes bytes = Bytes.wrap(input);
        if (Payload.isSigned(bytes)) check(bytes);
        // Behind a sender, where more of it is one.
        Bytes signed = Bytes.concat(Bytes.ofHex("a26466726f6da06164"), bytes);
        if (Payload.isSigned(signed)) check(signed);
    }

    private static void check(Bytes signed) {
        Payload payload = Payload.of(signed);
        assertThat(payload.key()).isIn("d", "b");
        for (Position at : List.of(Position.NONE, new Position("e", 7, "g"))) {
            TopicMessage message = new TopicMessage(TOPIC, at, signed, Instant.EPOCH);
            for (Notation notation : Notation.values()) {
                Pushes pushes = new Pushes(notation);
                assertReadable(notation.reader(pushes.pub(message)));
                assertReadable(notation.reader(pushes.msg(at.offset(), signed)));
            }
            assertReadable(JsonReader.of(TopicJson.of(message), Notation.MAX_DEPTH));
        }
    }

    private static void assertReadable(ItemReader in) {
        in.skip();
        in.end();
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (Payload payload : List.of(
                Payload.text("h\u00e4"),
                Payload.bytes(Bytes.ofUtf8("bytes")),
                Payload.json(Bytes.ofUtf8("{\"a\":[1,-2.5,null,true,{\"b\":\"c\"}]}")))) {
            seeds.add(payload.signed(ANN).toArray());
            seeds.add(payload.item().toArray());
        }
        for (String hex : List.of(
                "9f018202039fffff",
                "bf61610161619fffff",
                "7f6161616 2ff".replace(" ", ""),
                "f97e00",
                "3b7fffffffffffffff")) seeds.add(HexFormat.of().parseHex(hex));
        return seeds;
    }

    @Test
    void whatIsNoPayloadIsKnownAndWhatIsOneCanBePushed() {
        Mutations.check(seeds(), PushFuzzTest::fuzzerTestOneInput);
    }
}
