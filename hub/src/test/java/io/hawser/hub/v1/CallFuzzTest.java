package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemReader;
import io.hawser.session.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Any message is a request of hawser.v1, in JSON and in CBOR, or refused with 4004; its number and payload
/// are what an answer can repeat in either notation.
public final class CallFuzzTest {
    private static final long MAX_ID = (1L << 53) - 1;

    public static void fuzzerTestOneInput(byte[] input) {
        check(Notation.CBOR, Message.binary(Bytes.wrap(input)));
        check(Notation.JSON, Message.text(new String(input, StandardCharsets.UTF_8)));
    }

    private static void check(Notation notation, Message message) {
        Request request;
        try {
            request = Request.parse(notation, message);
        } catch (ProtocolError refused) {
            assertThat(refused.code()).isEqualTo(ItemReader.MALFORMED);
            return;
        } catch (LimitExceeded deep) {
            return;
        }
        assertThat(request.id()).isBetween(-1L, MAX_ID);
        assertThat(request).isEqualTo(Request.parse(notation, message));
        switch (request.call()) {
            case Call.Pub pub -> check(pub.payload());
            case Call.Send send -> check(send.payload());
            case Call.Bcast bcast -> check(bcast.payload());
            case Call.Hello hello -> assertThat(hello.client().length()).isLessThanOrEqualTo(255);
            default -> {
                // carries nothing on
            }
        }
    }

    private static void check(Optional<Payload> payload) {
        payload.ifPresent(held -> {
            for (Notation notation : Notation.values()) {
                Message written = notation.write(out -> {
                    out.map(1);
                    out.text(held.key());
                    notation.writeCbor(held.item(), out);
                });
                ItemReader in = notation.reader(written);
                in.skip();
                in.end();
            }
        });
    }

    static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (String text : List.of(
                "{\"id\":1,\"hello\":{\"client\":\"web-7\",\"auth\":{\"bearer\":\"x\"},\"resume\":\"r\",\"s\":41,\"codecs\":[\"zstd\"]}}",
                "{\"id\":2,\"sub\":{\"topic\":\"room.42\",\"pos\":{\"e\":\"x7\",\"o\":1017,\"g\":\"9a3f\"}}}",
                "{\"id\":4,\"pub\":{\"topic\":\"t\",\"d\":{\"a\":[1,2.5,null,\"\\u00e9\"]},\"mid\":\"a1\"}}",
                "{\"id\":5,\"send\":{\"to\":\"S\",\"b\":\"AAH+\"}}",
                "{\"id\":6,\"bcast\":{\"d\":1e400}}",
                "{\"ack\":{\"s\":42}}",
                "{}")) seeds.add(text.getBytes(StandardCharsets.UTF_8));
        for (String hex : List.of(
                "a26269640463707562a265746f7069636174616481f9fc00",
                "a1637075 62a1616443000102".replace(" ", ""),
                "a1656263617374a16164fb7ff8000000000000"))
            seeds.add(HexFormat.of().parseHex(hex));
        return seeds;
    }

    @Test
    void anyMessageIsARequestOrRefused() {
        Mutations.check(seeds(), CallFuzzTest::fuzzerTestOneInput);
    }
}
