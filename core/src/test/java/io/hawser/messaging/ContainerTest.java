package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ContainerTest {
    private static final Container ORDER = Container.of("order.new")
            .from("shop", "till-2")
            .to("desk")
            .with(
                    "order",
                    Container.of("order")
                            .with("items", List.of(item("pen", 9.5), item("ink", 4.25), item("nib", "free")))
                            .build())
            .withNull("note")
            .build();

    @Test
    void everyTypeComesBackAsItWasPut() {
        Container c = Containers.ofEveryType();
        assertThat(c.at("nothing").isNull()).isTrue();
        assertThat(c.bool("yes")).isTrue();
        assertThat(c.bool("no")).isFalse();
        assertThat(c.int8("int8")).isEqualTo(Byte.MIN_VALUE);
        assertThat(c.int16("int16")).isEqualTo(Short.MAX_VALUE);
        assertThat(c.int32("int32")).isEqualTo(Integer.MIN_VALUE);
        assertThat(c.int64("int64")).isEqualTo(Long.MAX_VALUE);
        assertThat(c.float32("float")).isEqualTo(0.1f);
        assertThat(c.float64("double")).isEqualTo(0.1);
        assertThat(c.string("text")).startsWith("Größe");
        assertThat(c.bytes("bytes")).isEqualTo(Bytes.ofHex("0001feff"));
        assertThat(c.list("list")).hasSize(7).first().isEqualTo(new Value.Int32(1));
        assertThat(c.container("inner").int64("a")).isEqualTo(2);
        assertThat(c.values().values().stream().map(Value::kind))
                .containsExactly(
                        "null",
                        "bool",
                        "bool",
                        "int8",
                        "int16",
                        "int32",
                        "int64",
                        "float",
                        "double",
                        "string",
                        "bytes",
                        "list",
                        "container");
        assertThat(c.source()).isEqualTo(Party.of("shop", "till-2")).hasToString("shop/till-2");
        assertThat(c.target()).isEqualTo(Party.of("desk")).hasToString("desk");
        assertThat(c.version()).isEqualTo(7);
    }

    @Test
    void numbersAreReadInEveryTypeThatHoldsThem() {
        Container c = Container.of("n")
                .with("small", 127L)
                .with("large", 128)
                .with("negative", -129L)
                .with("half", 2.5)
                .with("tenth", 0.1)
                .with("float", 0.1f)
                .with("exact", 1L << 53)
                .with("inexact", (1L << 53) + 1)
                .with("nan", Double.NaN)
                .build();
        assertThat(c.int8("small")).isEqualTo((byte) 127);
        assertThat(c.int16("large")).isEqualTo((short) 128);
        assertThat(c.int64("large")).isEqualTo(128);
        assertThat(c.float32("half")).isEqualTo(2.5f);
        assertThat(c.float64("float")).isEqualTo((double) 0.1f);
        assertThat(c.float64("exact")).isEqualTo(0x1p53);
        assertThat(c.float32("nan")).isNaN();
        refused(() -> c.int8("large"), "large: expected int8, found 128 of int32, which it cannot hold");
        refused(() -> c.int8("negative"), "negative: expected int8, found -129 of int64");
        refused(() -> c.float32("tenth"), "tenth: expected float, found 0.1 of double");
        refused(() -> c.float32("exact"), "exact: expected float, found 9007199254740992 of int64");
        refused(() -> c.float64("inexact"), "inexact: expected double, found 9007199254740993 of int64");
        refused(() -> c.int32("half"), "half: expected int32, found double");
    }

    @Test
    void aWrongTypeIsToldWithItsPath() {
        Field items = ORDER.at("order").at("items");
        assertThat(items.at(1).at("price").float64()).isEqualTo(4.25);
        assertThat(items.items())
                .extracting(Field::path)
                .containsExactly("order.items[0]", "order.items[1]", "order.items[2]");
        refused(() -> items.at(2).at("price").float64(), "order.items[2].price: expected double, found string");
        refused(() -> items.at(3).at("price").float64(), "order.items[3].price: missing where double is expected");
        refused(() -> items.at("price"), "order.items: expected container, found list");
        refused(() -> ORDER.at("order").at(0), "order: expected list, found container");
        refused(() -> ORDER.string("none"), "none: missing where string is expected");
        refused(() -> ORDER.string("note"), "note: expected string, found null");
        refused(() -> ORDER.value("none"), "none: missing where a value is expected");
        refused(() -> ORDER.bool("order"), "order: expected bool, found container");
        refused(() -> ORDER.bytes("order"), "order: expected bytes, found container");
        refused(() -> ORDER.list("order"), "order: expected list, found container");
        refused(() -> ORDER.container("note"), "note: expected container, found null");
    }

    @Test
    void whatMayBeMissingIsOptional() {
        assertThat(ORDER.optional("note", Field::string)).isEmpty();
        assertThat(ORDER.optional("none", Field::int32)).isEmpty();
        assertThat(ORDER.at("none").at("deeper").at(4).optional(Field::int32)).isEmpty();
        assertThat(ORDER.at("order").at("items").at(0).optional(Field::container))
                .contains(item("pen", 9.5));
        refused(() -> ORDER.optional("order", Field::int32), "order: expected int32, found container");
        assertThat(ORDER.has("note")).isTrue();
        assertThat(ORDER.has("none")).isFalse();
        assertThat(ORDER.at("none").isPresent()).isFalse();
    }

    @Test
    void anAnswerGoesBackWhereItCameFrom() {
        Container answer = ORDER.toBuilder()
                .version(3)
                .build()
                .reply("order.ok")
                .with("id", 5)
                .build();
        assertThat(answer)
                .isEqualTo(Container.of("order.ok")
                        .version(3)
                        .from("desk")
                        .to("shop", "till-2")
                        .with("id", 5)
                        .build());
    }

    @Test
    void aChangedCopyLeavesTheOriginal() {
        Container changed = ORDER.toBuilder()
                .type("order.old")
                .with("order", 1)
                .without("note")
                .with("more", true)
                .build();
        assertThat(changed.values().keySet()).containsExactly("order", "more");
        assertThat(changed.int32("order")).isEqualTo(1);
        assertThat(changed.type()).isEqualTo("order.old");
        assertThat(ORDER.values().keySet()).containsExactly("order", "note");
        assertThat(ORDER.type()).isEqualTo("order.new");
    }

    @Test
    void aBuilderGoesOnWithoutTouchingWhatItBuilt() {
        ContainerBuilder builder = Container.of("a").with("x", 1);
        Container first = builder.build();
        Container same = builder.build();
        Container second = builder.with("x", 2).with("y", 3).build();
        assertThat(first)
                .isEqualTo(same)
                .isEqualTo(Container.of("a").with("x", 1).build());
        assertThat(second).isEqualTo(Container.of("a").with("x", 2).with("y", 3).build());
        assertThat(builder.has("y")).isTrue();
    }

    @Test
    void equalityIsThatOfEverythingAndOfTheOrder() {
        Container a =
                Container.of("t").from("s").to("d").with("x", 1).with("y", 2).build();
        assertThat(a)
                .isEqualTo(Container.of("t")
                        .from("s")
                        .to("d")
                        .with("x", 1)
                        .with("y", 2)
                        .build());
        assertThat(a).hasSameHashCodeAs(a.toBuilder().build());
        assertThat(a).isNotEqualTo(a.toBuilder().type("u").build());
        assertThat(a).isNotEqualTo(a.toBuilder().version(2).build());
        assertThat(a).isNotEqualTo(a.toBuilder().from("s", "1").build());
        assertThat(a).isNotEqualTo(a.toBuilder().to(Party.NONE).build());
        assertThat(a).isNotEqualTo(a.toBuilder().with("x", 1L).build());
        assertThat(a).isNotEqualTo(a.toBuilder().without("x").with("x", 1).build());
        assertThat(Value.of(Double.NaN)).isEqualTo(Value.of(-Double.NaN));
        assertThat(Value.of(0.0)).isNotEqualTo(Value.of(-0.0));
    }

    @Test
    void whatNoEncodingCarriesIsRefusedAtOnce() {
        ContainerBuilder builder = Container.of("t");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.with("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.with("\ud800", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.with("x", "\udc00"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.with("x", List.of(new Object())));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.version(-1).build());
        assertThatIllegalArgumentException().isThrownBy(() -> Container.of("").build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Container.of("\ud800").build());
        assertThatIllegalArgumentException().isThrownBy(() -> Party.of("", "sub"));
        assertThatIllegalArgumentException().isThrownBy(() -> Party.of("a", "\ud800"));
    }

    @Test
    void whatIsNestedTooDeepIsRefusedWhenBuilt() {
        Value lists = Value.of(1);
        for (int i = 0; i < ContainerLimits.DEPTH_CEILING - 1; i++) lists = new Value.Items(List.of(lists));
        Value deepest = lists;
        Container whole = Container.of("t").with("x", deepest).build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Container.of("u").with("x", whole).build());
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Items(List.of(whole)));
        Value.Items level = new Value.Items(List.of(deepest));
        assertThatIllegalArgumentException().isThrownBy(() -> new Value.Items(List.of(level)));
        ContainerLimits deep = ContainerLimits.defaults().withMaxDepth(ContainerLimits.DEPTH_CEILING);
        assertThat(Container.fromCbor(whole.toCbor(), deep)).isEqualTo(whole);
        assertThat(Container.fromJson(whole.toJson(), deep)).isEqualTo(whole);
    }

    @Test
    void theTextOfAContainerIsReadableAndBounded() {
        assertThat(Container.of("order")
                        .version(2)
                        .from("shop", "1")
                        .to("desk")
                        .with("qty", 3)
                        .with("name", "pen\n")
                        .with("sizes", List.of((byte) 1, 2.5))
                        .with("raw", Bytes.ofHex("00ff"))
                        .withNull("none")
                        .with("sub", Container.of("s").build())
                        .build())
                .hasToString("order v2 from shop/1 to desk {qty=3:int32, name=\"pen\\u000a\", "
                        + "sizes=[1:int8, 2.5:double], raw=Bytes[2: 00ff], none=null, sub=s {}}");
        assertThat(Container.of("x".repeat(100_000))
                        .with("y", "z".repeat(100_000))
                        .with("long", Collections.nCopies(100_000, "text"))
                        .build()
                        .toString())
                .hasSizeLessThan(1_100)
                .endsWith("…");
        assertThat(ORDER.at("order").at("items").at(0).at("price")).hasToString("order.items[0].price: 9.5:double");
        assertThat(ORDER.at("x")).hasToString("x: missing");
    }

    private static Container item(String name, Object price) {
        return Container.of("item")
                .with("name", name)
                .with("price", Value.of(price))
                .build();
    }

    private static void refused(ThrowingCallable getter, String message) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(getter)
                .withMessageContaining(message)
                .matches(error -> error.code() == 4004);
    }
}
