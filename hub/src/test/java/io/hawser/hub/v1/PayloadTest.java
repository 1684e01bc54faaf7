package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.Bytes;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.json.JsonWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PayloadTest {
    private static final Sender ANN = new Sender("s1", "ann");
    private static final String FROM = "a26466726f6d";

    @Test
    void whatIsPublishedIsKnownAsThat() {
        assertThat(Payload.isSigned(Payload.text("hi").signed(ANN))).isTrue();
        assertThat(Payload.isSigned(Payload.bytes(Bytes.EMPTY).signed(new Sender("", "ann"))))
                .isTrue();
        String deepest = "[".repeat(Notation.MAX_VALUE_DEPTH) + "]".repeat(Notation.MAX_VALUE_DEPTH);
        assertThat(Payload.isSigned(Payload.json(Bytes.ofUtf8(deepest)).signed(new Sender("", ""))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "6869",
                "a2",
                "a0",
                "a16466726f6da0",
                "bf6466726f6da06164 01ff",
                FROM + "a0",
                FROM + "a06164",
                FROM + "a0616401 01",
                FROM + "a0616301",
                FROM + "a0616201",
                FROM + "a06164a10102",
                FROM + "a0616461ff",
                FROM + "01616401",
                FROM + "a161780161640 1",
                FROM + "a161616161616401",
                FROM + "a1637369640161640 1",
                "a2616401616402",
                "b8026466726f6da0616401"
            })
    void whatIsNotIsNot(String hex) {
        assertThat(Payload.isSigned(Bytes.ofHex(hex.replace(" ", "")))).isFalse();
    }

    @Test
    void aValueThatStandsTooDeepInAPushIsNone() {
        Bytes value = Bytes.ofHex("81".repeat(Notation.MAX_VALUE_DEPTH + 1) + "01");
        assertThat(Payload.isSigned(CborWriter.create()
                        .map(2)
                        .text("from")
                        .map(0)
                        .text("d")
                        .encoded(value)
                        .toBytes()))
                .isFalse();
    }

    @Test
    void aMarkOfABackplaneIsNothingFromNobody() {
        JsonWriter json = JsonWriter.create().map(2);
        Pushes.pairs(Bytes.EMPTY, json);
        assertThat(json.toText()).isEqualTo("{\"from\":{},\"d\":null}");
        CborWriter cbor = CborWriter.create().map(2);
        Pushes.pairs(Bytes.EMPTY, cbor);
        assertThat(cbor.toBytes()).isEqualTo(Bytes.ofHex("a26466726f6da06164f6"));
    }
}
