package io.hawser.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageRouterTest {
    private static final String CONTEXT = "session 7";

    private final List<String> handled = new ArrayList<>();

    @Test
    void exactBeatsLongestPrefixBeatsFirstPredicateBeatsDefault() throws Exception {
        MessageRouter<String> router = MessageRouter.<String>builder()
                .otherwise(to("default"))
                .onMatching(container -> container.version() == 9, to("version 9"))
                .onMatching(container -> container.version() >= 9, to("version 9 or more"))
                .onPrefix("order.", to("order."))
                .onPrefix("order.item.", to("order.item."))
                .onPrefix("order.it", to("order.it"))
                .on("order.item.new", to("order.item.new"))
                .build();

        assertThat(routed(router, Container.of("order.item.new").version(9))).isEqualTo("order.item.new");
        assertThat(routed(router, Container.of("order.item.newer").version(9))).isEqualTo("order.item.");
        assertThat(routed(router, Container.of("order.item").version(9))).isEqualTo("order.it");
        assertThat(routed(router, Container.of("order.").version(9))).isEqualTo("order.");
        assertThat(routed(router, Container.of("order").version(9))).isEqualTo("version 9");
        assertThat(routed(router, Container.of("order").version(10))).isEqualTo("version 9 or more");
        assertThat(routed(router, Container.of("order"))).isEqualTo("default");
    }

    @Test
    void withoutDefaultAnUnknownTypeIsLeftAndSaidSo() throws Exception {
        MessageRouter<String> router =
                MessageRouter.<String>builder().on("known", to("known")).build();
        assertThat(router.route(CONTEXT, Container.of("unknown").build())).isFalse();
        assertThat(router.route(CONTEXT, Container.of("unknown").build().toCbor()))
                .isFalse();
        assertThat(handled).isEmpty();
    }

    @Test
    void aPayloadIsDecodedWithinTheLimits() throws Exception {
        MessageRouter<String> router = MessageRouter.<String>builder()
                .on("known", to("known"))
                .limits(ContainerLimits.defaults().withMaxValues(1))
                .build();
        Container known = Container.of("known").with("one", 1).build();
        assertThat(router.route(CONTEXT, known.toCbor())).isTrue();
        assertThat(handled).containsExactly("known: known v1 for session 7");
        assertThatExceptionOfType(LimitExceeded.class)
                .isThrownBy(() -> router.route(
                        CONTEXT, known.toBuilder().with("two", 2).build().toCbor()));
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> router.route(CONTEXT, Bytes.ofUtf8("not a container")))
                .matches(error -> error.code() == 4004);
        assertThat(handled).hasSize(1);
    }

    @Test
    void whatAHandlerThrowsArrives() {
        MessageRouter<String> router = MessageRouter.<String>builder()
                .otherwise((context, container) -> {
                    throw new IOException(context + " lost");
                })
                .build();
        assertThatThrownBy(() -> router.route(CONTEXT, Container.of("any").build()))
                .isInstanceOf(IOException.class)
                .hasMessage("session 7 lost");
    }

    @Test
    void aBuiltRouterStaysAsItIs() throws Exception {
        MessageRouter.Builder<String> builder = MessageRouter.<String>builder().on("a", to("a"));
        MessageRouter<String> router = builder.build();
        builder.on("b", to("b"))
                .onPrefix("c", to("c"))
                .onMatching(_ -> true, to("d"))
                .otherwise(to("e"));
        assertThat(router.route(CONTEXT, Container.of("b").build())).isFalse();
        assertThat(builder.build().route(CONTEXT, Container.of("b").build())).isTrue();
    }

    @Test
    void whatIsAmbiguousIsRefused() {
        MessageRouter.Builder<String> builder = MessageRouter.<String>builder()
                .on("a", to("a"))
                .onPrefix("a", to("a"))
                .otherwise(to("default"));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.on("a", to("b")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.onPrefix("a", to("b")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.onPrefix("", to("b")));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.otherwise(to("b")));
    }

    private String routed(MessageRouter<String> router, ContainerBuilder container) throws Exception {
        handled.clear();
        assertThat(router.route(CONTEXT, container.build())).isTrue();
        assertThat(handled).hasSize(1);
        String first = handled.getFirst();
        return first.substring(0, first.indexOf(": "));
    }

    private ContainerHandler<String> to(String name) {
        return (context, container) ->
                handled.add(name + ": " + container.type() + " v" + container.version() + " for " + context);
    }
}
