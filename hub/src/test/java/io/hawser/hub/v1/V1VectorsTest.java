package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.cluster.Member;
import io.hawser.cluster.Position;
import io.hawser.cluster.Published;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.session.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// The vectors of hawser.v1 that docs/PROTOCOL.md prints are what the code reads and writes.
final class V1VectorsTest {
    private static final Position AT = new Position("x7", 1020, "77c1");
    private static final List<String> REQUESTS = List.of(
            "{\"id\":1,\"hello\":{\"client\":\"web-7\",\"resume\":\"t\",\"s\":41}}",
            "{\"id\":1,\"hello\":{\"client\":\"web-7\",\"resume\":\"t\",\"s\":41,\"pos\":{\"room.42\":{\"e\":\"x7\",\"o\":1017,\"g\":\"9a3f\"}}}}",
            "{\"id\":1,\"hello\":{\"client\":\"web-7\",\"auth\":{\"bearer\":\"a.b.c\"}}}",
            "{\"id\":1,\"hello\":{\"client\":\"web-7\",\"auth\":{\"user\":\"ann\"}}}",
            "{\"id\":1,\"hello\":{\"client\":\"web-7\",\"spread\":true}}",
            "{\"id\":8,\"auth\":{\"bearer\":\"a.b.c\"}}",
            "{\"id\":2,\"sub\":{\"topic\":\"room.42\",\"pos\":{\"e\":\"x7\",\"o\":1017,\"g\":\"9a3f\"}}}",
            "{\"id\":3,\"unsub\":{\"topic\":\"room.42\"}}",
            "{\"id\":4,\"pub\":{\"topic\":\"room.42\",\"d\":{\"text\":\"hi\"},\"mid\":\"a1\"}}",
            "{\"id\":5,\"send\":{\"to\":\"0123456789abc\",\"b\":\"3q2+7w==\"}}",
            "{\"id\":6,\"bcast\":{\"d\":[1,-2.5,null,true]}}",
            "{\"id\":7,\"who\":{\"topic\":\"room.42\"}}",
            "{\"ack\":{\"s\":42}}",
            "{}");

    private static List<Function<Notation, Message>> said() {
        List<Function<Notation, Message>> said = new ArrayList<>();
        Greeting greeting = new Greeting(1, "hawser", 25_000, Optional.empty(), Optional.empty(), Duration.ZERO, false);
        said.add(in ->
                new Replies(in).welcome(greeting, "0123456789abc", "t", Duration.ofMinutes(1), Optional.of("expired")));
        Greeting again = new Greeting(1, "hawser", 25_000, Optional.empty(), Optional.of("zstd"), Duration.ofSeconds(8), true);
        said.add(in -> new Replies(in).welcome(again, "0123456789abc", "t", Duration.ofMinutes(1), Optional.empty()));
        said.add(in -> new Replies(in).subscribed(2, "room.42", AT, true, 3));
        said.add(in -> new Replies(in).subscribed(2, "live.a", Position.NONE, false, 0));
        said.add(in -> new Replies(in).ok(3));
        said.add(in -> new Replies(in).published(4, Published.at(AT).asDuplicate()));
        said.add(in -> new Replies(in).published(4, new Published(Position.NONE, false, true)));
        said.add(in -> new Replies(in).ok(6, 12));
        said.add(in -> new Replies(in).who(7, "room.42", List.of(new Member("0123456789abc", "web-7", "n"))));
        said.add(in -> new Replies(in).err(3, new Refusal(503, "not now", Optional.of(Duration.ofSeconds(1)))));
        Bytes hi = Payload.text("hi").signed(new Sender("0123456789abc", "ann"));
        Bytes raw = Payload.bytes(Bytes.ofHex("deadbeef")).signed(new Sender("0123456789abc", ""));
        said.add(in -> new Pushes(in).pub(new TopicMessage(Topic.of("room.42"), AT, hi, Instant.EPOCH)));
        said.add(in -> new Pushes(in).msg(42, raw));
        said.add(in -> new Pushes(in).msg(0, hi));
        said.add(in -> new Pushes(in).gap("live.*", 12));
        said.add(in -> new Pushes(in).gap("live.a", 0));
        said.add(in -> new Pushes(in).resync(Topic.of("t"), ResyncReason.EPOCH, new Position("x8", 0, "")));
        said.add(in -> new Pushes(in).challenge("n1"));
        said.add(in -> new Pushes(in).goaway(4501, Duration.ofSeconds(8)));
        said.add(in -> new Pushes(in).spread(Duration.ofSeconds(10)));
        return said;
    }

    private static String vectors() {
        StringBuilder lines = new StringBuilder();
        for (String json : REQUESTS) {
            Bytes cbor = Notation.JSON.toCbor(Notation.JSON.reader(Message.text(json)));
            // A request of bytes has a form of its own in CBOR.
            if (json.contains("\"b\":")) cbor = withBytes();
            lines.append("    ")
                    .append(json)
                    .append("\n    ")
                    .append(cbor.toHex())
                    .append("\n\n");
        }
        for (Function<Notation, Message> message : said()) {
            lines.append("    ").append(message.apply(Notation.JSON).text()).append('\n');
            lines.append("    ")
                    .append(message.apply(Notation.CBOR).bytes().toHex())
                    .append("\n\n");
        }
        return lines.toString();
    }

    private static Bytes withBytes() {
        return Notation.CBOR
                .write(out -> out.map(2)
                        .text("id")
                        .integer(5)
                        .text("send")
                        .map(2)
                        .text("to")
                        .text("0123456789abc")
                        .text("b")
                        .bytes(Bytes.ofHex("deadbeef")))
                .bytes();
    }

    @Test
    void theDocumentPrintsWhatTheCodeReadsAndWrites() throws IOException {
        Path document = Path.of(System.getProperty("basedir", "")).resolve("../docs/PROTOCOL.md");
        String text = Files.readString(document);
        String printed = text.substring(text.indexOf("hawser.v1, each in JSON and in CBOR:"));
        assertThat(printed.strip()).isEqualTo(("hawser.v1, each in JSON and in CBOR:\n\n" + vectors()).strip());
    }

    @Test
    void aRequestIsTheSameInBothNotations() {
        for (String json : REQUESTS) {
            Request read = Request.parse(Notation.JSON, Message.text(json));
            Bytes cbor = json.contains("\"b\":")
                    ? withBytes()
                    : Notation.JSON.toCbor(Notation.JSON.reader(Message.text(json)));
            assertThat(Request.parse(Notation.CBOR, Message.binary(cbor))).isEqualTo(read);
        }
    }

    @Test
    void aRequestCutAnywhereIsNoneAndBreaksNothing() {
        for (String json : REQUESTS) {
            for (int end = 0; end < json.length(); end++) {
                String cut = json.substring(0, end);
                assertThatExceptionOfType(ProtocolError.class)
                        .as(cut)
                        .isThrownBy(() -> Request.parse(Notation.JSON, Message.text(cut)));
            }
            Bytes cbor = json.contains("\"b\":")
                    ? withBytes()
                    : Notation.JSON.toCbor(Notation.JSON.reader(Message.text(json)));
            for (int end = 0; end < cbor.size(); end++) {
                Bytes cut = cbor.slice(0, end);
                assertThatExceptionOfType(ProtocolError.class)
                        .as(cut.toHex())
                        .isThrownBy(() -> Request.parse(Notation.CBOR, Message.binary(cut)));
            }
        }
    }

    /// Prints what the document should print.
    static void main(String[] args) {
        System.out.print(vectors());
    }
}
