package io.hawser.hub.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ProtocolError;
import io.hawser.cluster.Position;
import io.hawser.internal.cbor.CborWriter;
import io.hawser.internal.item.ItemReader;
import io.hawser.session.Message;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a request of hawser.v1 ends to be one.
final class RequestTest {
    private static final String POSITION = "{\"e\":\"x7\",\"o\":1,\"g\":\"9a\"}";

    private static Request parse(String json) {
        return Request.parse(Notation.JSON, Message.text(json));
    }

    private static void isRefused(String json, String why) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(
                        ProtocolError.class,
                        refused -> assertThat(refused.code()).isEqualTo(ItemReader.MALFORMED))
                .hasMessageContaining(why);
    }

    @Test
    void anIdGoesFromZeroToTheLargestThatEveryLanguageHas() {
        assertThat(parse("{\"id\":0}").id()).isZero();
        assertThat(parse("{\"id\":9007199254740991}").id()).isEqualTo(9007199254740991L);
        assertThat(parse("{}").id()).isNegative();
        isRefused("{\"id\":-1}", "id -1");
        isRefused("{\"id\":9007199254740992}", "id 9007199254740992");
    }

    @Test
    void aNumberOfMoreThan64BitsIsCarriedAsADouble() {
        assertThat(parse("{\"pub\":{\"topic\":\"t\",\"d\":18446744073709551615}}")
                        .call())
                .isInstanceOfSatisfying(
                        Call.Pub.class,
                        pub -> assertThat(pub.payload().orElseThrow().item())
                                .isEqualTo(CborWriter.create().float64(0x1p64).toBytes()));
        assertThat(parse("{\"pub\":{\"topic\":\"t\",\"d\":-9223372036854775808}}")
                        .call())
                .isInstanceOfSatisfying(
                        Call.Pub.class,
                        pub -> assertThat(pub.payload().orElseThrow().item())
                                .isEqualTo(CborWriter.create()
                                        .integer(Long.MIN_VALUE)
                                        .toBytes()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e400", "[-1e400]", "\"\\ud83d\"", "{\"a\":{\"\\udc00\":1}}"})
    void whatCannotBeCarriedIsAnErrorAndNotTheEnd(String value) {
        for (String json : new String[] {
            "{\"id\":7,\"pub\":{\"topic\":\"t\",\"d\":%s}}", "{\"send\":{\"d\":%s,\"to\":\"x\"},\"id\":7}"
        }) {
            Request refused = parse(json.formatted(value));
            assertThat(refused.id()).isEqualTo(7);
            assertThat(refused.call())
                    .isInstanceOfSatisfying(
                            Call.Bad.class, bad -> assertThat(bad.why()).contains(" at character "));
        }
    }

    @Test
    void aKeyThatCannotBeCarriedIsAnErrorToo() {
        Request refused = parse("{\"\\ud83d\":1,\"id\":7,\"who\":{\"topic\":\"t\"}}");
        assertThat(refused.id()).isEqualTo(7);
        assertThat(refused.call()).isInstanceOf(Call.Bad.class);
    }

    @Test
    void whatIsNotKnownIsPassedOverWhateverItHolds() {
        assertThat(parse("{\"new\":[1e400,\"\\ud83d\"],\"who\":{\"topic\":\"t\"}}")
                        .call())
                .isEqualTo(new Call.Who("t"));
    }

    @Test
    void theFirstCallThatIsKnownCounts() {
        assertThat(parse("{}").call()).isInstanceOf(Call.Ping.class);
        assertThat(parse("{\"new\":{\"a\":[1]}}").call()).isInstanceOf(Call.Unknown.class);
        assertThat(parse("{\"new\":1,\"who\":{\"topic\":\"t\"},\"unsub\":{\"topic\":\"u\"}}")
                        .call())
                .isEqualTo(new Call.Who("t"));
    }

    @Test
    void aMidOf255CharactersIsTakenAndOneMoreIsAnError() {
        assertThat(parse("{\"pub\":{\"topic\":\"t\",\"mid\":\"" + "m".repeat(255) + "\"}}")
                        .call())
                .isInstanceOf(Call.Pub.class);
        assertThat(parse("{\"pub\":{\"topic\":\"t\",\"mid\":\"" + "m".repeat(256) + "\"}}")
                        .call())
                .isEqualTo(new Call.Bad("mid of 256 characters: at most 255"));
    }

    @Test
    void aClientOf255CharactersIsTakenAndOneMoreIsRefused() {
        assertThat(parse("{\"hello\":{\"client\":\"" + "c".repeat(255) + "\"}}").call())
                .isInstanceOf(Call.Hello.class);
        isRefused("{\"hello\":{\"client\":\"" + "c".repeat(256) + "\"}}", "client of 256 characters");
    }

    @Test
    void aHelloHas1024PositionsAndNoMore() {
        Call full = parse("{\"hello\":{\"pos\":" + positions(1024) + "}}").call();
        assertThat(full)
                .isInstanceOfSatisfying(
                        Call.Hello.class,
                        hello -> assertThat(hello.positions())
                                .hasSize(1024)
                                .containsEntry("t1", new Position("x7", 1, "9a")));
        isRefused("{\"hello\":{\"pos\":" + positions(1025) + "}}", "over 1,024 positions");
    }

    private static String positions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"t" + i + "\":" + POSITION)
                .collect(Collectors.joining(",", "{", "}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"hello\":{\"pos\":{\"a\":{\"e\":\"x7\",\"o\":-1,\"g\":\"9a\"},\"b\":{\"e\":\"x7\",\"o\":1,\"g\":\"9a\"}}}}",
                "{\"sub\":{\"topic\":\"t\",\"pos\":{\"e\":\"x7\",\"o\":-1,\"g\":\"9a\",\"more\":1}}}"
            })
    void aPositionThatIsNoneIsAnError(String json) {
        assertThat(parse(json).call())
                .isInstanceOfSatisfying(
                        Call.Bad.class, bad -> assertThat(bad.toString()).contains("pos: "));
    }

    @Test
    void whatAnAuthDoesNotKnowIsPassedOver() {
        assertThat(parse("{\"auth\":{\"bearer\":\"b\",\"new\":{},\"user\":\"u\",\"proof\":\"AA==\"}}")
                        .call())
                .isInstanceOfSatisfying(Call.Auth.class, auth -> {
                    assertThat(auth.bearer()).isEqualTo("b");
                    assertThat(auth.user()).isEqualTo("u");
                    assertThat(auth.proof()).isPresent();
                });
    }
}
