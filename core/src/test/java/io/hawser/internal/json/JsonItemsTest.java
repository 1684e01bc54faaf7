package io.hawser.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.internal.item.ItemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonItemsTest {
    private static final String SAMPLE =
            "{\"id\":7,\"list\":[1,-2.5,null,true,[],{}],\"raw\":\"AAH+\",\"t\":\"\\u00e9\"}";

    @Test
    void whatIsWrittenIsRead() {
        String written = JsonWriter.create()
                .map(4)
                .text("id")
                .integer(7)
                .text("list")
                .list(6)
                .integer(1)
                .float64(-2.5)
                .nothing()
                .bool(true)
                .list(0)
                .map(0)
                .text("raw")
                .bytes(Bytes.ofHex("0001fe"))
                .text("t")
                .text("é")
                .toText();
        assertThat(written).isEqualTo(SAMPLE.replace("\\u00e9", "é"));

        JsonReader in = JsonReader.of(written, 3);
        assertThat(in.enterMap()).isEqualTo(-1);
        assertThat(in.readText()).isEqualTo("id");
        assertThat(in.readInteger()).isEqualTo(7);
        assertThat(in.readText()).isEqualTo("list");
        in.enterList();
        assertThat(in.readInteger()).isEqualTo(1);
        assertThat(in.readFloat()).isEqualTo(-2.5);
        in.readNull();
        assertThat(in.readBool()).isTrue();
        in.skip();
        assertThat(in.hasNext()).isTrue();
        in.skip();
        assertThat(in.hasNext()).isFalse();
        assertThat(in.readText()).isEqualTo("raw");
        assertThat(in.readBytes()).isEqualTo(Bytes.ofHex("0001fe"));
        assertThat(in.readText()).isEqualTo("t");
        assertThat(in.peek()).isEqualTo(ItemKind.TEXT);
        assertThat(in.readText()).isEqualTo("é");
        assertThat(in.hasNext()).isFalse();
        in.end();
    }

    @Test
    void floatsAreWrittenAsShortAsTheyCanBe() {
        String written = JsonWriter.create().list(2).float32(0.1f).float64(0.1f).toText();
        assertThat(written).isEqualTo("[0.1,0.10000000149011612]");
    }

    @Test
    void whatJsonHasNoFormForIsNotWritten() {
        JsonWriter out = JsonWriter.create();
        assertThatIllegalArgumentException().isThrownBy(() -> out.float64(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> out.float32(Float.NEGATIVE_INFINITY));
        assertThatIllegalArgumentException().isThrownBy(() -> out.text("\ud800"));
    }

    @Test
    void everyTruncationIsRefused() {
        JsonReader.of(SAMPLE, 8).skip();
        for (int length = 0; length < SAMPLE.length(); length++) {
            String cut = SAMPLE.substring(0, length);
            assertThatExceptionOfType(ProtocolError.class)
                    .as(cut)
                    .isThrownBy(() -> JsonReader.of(cut, 8).skip());
        }
    }

    @Test
    void nestingStopsAtTheLimit() {
        JsonReader.of("[[{\"a\":1}]]", 3).skip();
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> JsonReader.of("[[{\"a\":[]}]]", 3).skip())
                .matches(error -> error.limit().equals("maxDepth") && error.seen() == 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"1 2", "[1]]", "{} x", "nul", "\"a", "[1,]", "{\"a\"}", "{1:2}", "[1 2]", "\u0000", "Infinity"})
    void whatIsNoJsonIsRefused(String json) {
        assertThatExceptionOfType(ProtocolError.class).isThrownBy(() -> {
            JsonReader in = JsonReader.of(json, 8);
            in.skip();
            in.end();
        });
    }

    @Test
    void anotherKindIsRefusedWithOffsetAndPath() {
        JsonReader in = JsonReader.of("{\"a\": true}", 8);
        in.enterMap();
        in.path().enter(in.readText());
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(in::readInteger)
                .withMessageContaining("expected integer, found bool at character 6, in a");
        assertThat(in.readBool()).isTrue();
    }
}
