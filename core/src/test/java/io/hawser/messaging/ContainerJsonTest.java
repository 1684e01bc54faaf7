package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerJsonTest {
    private static final ContainerLimits LIMITS = ContainerLimits.defaults();

    @Test
    void theFormIsCompactAndInTheOrderOfTheValues() {
        assertThat(Container.of("order")
                        .from("shop", "1")
                        .with("qty", 3)
                        .with("at", 1.5)
                        .with("raw", Bytes.ofHex("ff00"))
                        .with("odd", Float.NEGATIVE_INFINITY)
                        .build()
                        .toJson())
                .isEqualTo("{\"from\":[\"shop\",\"1\"],\"type\":\"order\",\"types\":\"dfi\",\"values\":"
                        + "{\"qty\":3,\"at\":1.5,\"raw\":{\"base64\":\"/wA=\"},\"odd\":{\"float\":\"-Infinity\"}}}");
    }

    @Test
    void plainJsonNeedsNoTypes() {
        Container read = Container.fromJson(
                " { \"type\" : \"t\", \"values\": {\"n\": 3, \"x\": 2.0, \"e\": 1e2, \"s\": \"\\u00e9\\ud800\\udd51\"} } ",
                LIMITS);
        assertThat(read.value("n")).isEqualTo(new Value.Int64(3));
        assertThat(read.value("x")).isEqualTo(new Value.Float64(2));
        assertThat(read.value("e")).isEqualTo(new Value.Float64(100));
        assertThat(read.string("s")).isEqualTo("é𐅑");
    }

    @Test
    void typesHoldWhenSomethingOnTheWaySortsTheNames() {
        Container sent = Container.of("t")
                .with("b", 1.5f)
                .with("a", (short) 2)
                .with("cc", 3)
                .build();
        assertThat(sent.toJson()).contains("{\"b\":1.5,\"a\":2,\"cc\":3}").contains("\"hfi\"");
        Container read = Container.fromJson(
                sent.toJson().replace("{\"b\":1.5,\"a\":2,\"cc\":3}", "{\"cc\":3,\"a\":2,\"b\":1.5}"), LIMITS);
        assertThat(read.values()).containsExactlyInAnyOrderEntriesOf(sent.values());
        assertThat(read.values().keySet()).containsExactly("cc", "a", "b");
    }

    @Test
    void theOrderOfCborIsTakenHereToo() {
        Container read = Container.fromJson("{\"type\":\"t\",\"order\":[1,0],\"values\":{\"a\":1,\"b\":2}}", LIMITS);
        assertThat(read.values().keySet()).containsExactly("b", "a");
    }

    @Test
    void aDoubleThatLostItsFractionOnTheWayStaysOne() {
        Container read = Container.fromJson("{\"type\":\"t\",\"types\":\"df\",\"values\":{\"a\":3,\"b\":-4}}", LIMITS);
        assertThat(read.value("a")).isEqualTo(new Value.Float64(3));
        assertThat(read.value("b")).isEqualTo(new Value.Float32(-4));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | a value is due",
                "[] | expected map, found list",
                "{\"type\":\"t\"} {} | more than one value",
                "{\"type\":\"t\"} x | x",
                "{\"type\":\"t\",} | double-quote",
                "{'type':\"t\"} | double-quote",
                "{\"type\":\"t\"/*c*/} | comment",
                "{\"type\":\"t\",\"type\":\"t\"} | the key type again",
                "{\"type\":\"t\",\"Values\":{}} | a key that containers do not have",
                "{\"type\":\"t\",\"values\":{\"a\":1,\"a\":2}} | a name that comes twice",
                "{\"type\":\"t\",\"values\":{\"a\":NaN}} | NaN",
                "{\"type\":\"t\",\"values\":{\"a\":01}} | zero",
                "{\"type\":\"t\",\"values\":{\"a\":+1}} | expected",
                "{\"type\":\"t\",\"values\":{\"a\":9223372036854775808}} | range",
                "{\"type\":\"t\",\"values\":{\"a\":1e999}} | beyond a double",
                "{\"type\":\"t\",\"types\":\"f\",\"values\":{\"a\":1e39}} | is not of its type f",
                "{\"type\":\"t\",\"types\":\"f\",\"values\":{\"a\":16777217}} | is not of its type f",
                "{\"type\":\"t\",\"types\":\"d\",\"values\":{\"a\":9007199254740993}} | is not of its type d",
                "{\"type\":\"t\",\"types\":\"9999999999i\",\"values\":{\"a\":1}} | no letter",
                "{\"type\":\"t\",\"types\":\"0i\",\"values\":{\"a\":1}} | no letter",
                "{\"type\":\"t\",\"types\":\"2i\",\"values\":{\"a\":1}} | more types than numbers",
                "{\"type\":\"t\",\"values\":{\"a\":\"\\ud800\"}} | unpaired surrogate",
                "{\"type\":\"t\",\"values\":{\"a\":\"\\udc00\"}} | unpaired surrogate",
                "{\"type\":\"t\",\"values\":{\"a\":{}}} | without a type",
                "{\"type\":\"t\",\"values\":{\"a\":{\"base64\":\"AA\"}}} | base64",
                "{\"type\":\"t\",\"values\":{\"a\":{\"base64\":\"A-_=\"}}} | base64",
                "{\"type\":\"t\",\"values\":{\"a\":{\"base64\":\"AAAA\",\"b\":1}}} | a key beside base64",
                "{\"type\":\"t\",\"values\":{\"a\":{\"float\":\"nan\"}}} | neither NaN",
                "{\"type\":\"t\",\"values\":{\"a\":{\"float\":1.5}}} | expected text, found float",
                "{\"type\":\"t\",\"version\":1.0} | expected integer, found float",
                "{\"type\":\"t\",\"version\":2147483648} | version"
            })
    void whatIsNotAContainerIsRefused(String json, String why) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Container.fromJson(json, LIMITS))
                .withMessageContaining(why)
                .withMessageContaining(" at character ")
                .matches(error -> error.code() == 4004);
    }

    @Test
    void onlyUtf8IsTaken() {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Container.fromJson(Bytes.ofHex("7b22ff"), LIMITS))
                .withMessageContaining("not UTF-8");
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> Container.fromJson(Bytes.ofUtf8("\uFEFF{\"type\":\"t\"}"), LIMITS));
    }
}
