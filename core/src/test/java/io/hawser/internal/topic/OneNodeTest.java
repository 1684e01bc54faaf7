package io.hawser.internal.topic;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.Bytes;
import io.hawser.Rejected;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class OneNodeTest {
    @Test
    void aHandlerThatThrowsIsARefusal() {
        OneNode node = new OneNode("n");
        try (var _ = node.answer((from, request) -> {
            throw new IllegalStateException("a fault of the handler");
        })) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> node.ask("n", Bytes.EMPTY).join())
                    .withCauseInstanceOf(Rejected.class)
                    .withMessageContaining("a fault of the handler");
        }
    }
}
