package io.hawser.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChatStreamTest {
    private static ChatStream stream(String events) {
        return new ChatStream(Body.of(Bytes.ofUtf8(events)));
    }

    private static String chunk(String part) {
        return "data: {\"choices\":[{\"delta\":{\"content\":\"" + part + "\"}}]}\n\n";
    }

    @Test
    void allItsIteratorsAreOne() {
        ChatStream stream = stream(chunk("Hel") + chunk("lo") + "data: [DONE]\n\n");
        assertThat(stream.iterator().hasNext()).isTrue();
        Iterator<String> second = stream.iterator();
        assertThat(second.next()).isEqualTo("Hel");
        assertThat(second.hasNext()).isTrue();
        assertThat(stream).containsExactly("lo");
        assertThat(second.hasNext()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "7"})
    void whatIsNoPartEndsItAndIsTheServicesFault(String data) {
        ChatStream stream = stream(chunk("Hel") + "data: " + data + "\n\n" + chunk("lo"));
        Iterator<String> parts = stream.iterator();
        assertThat(parts.next()).isEqualTo("Hel");
        assertThatThrownBy(parts::next)
                .isInstanceOfSatisfying(
                        ProtocolError.class, error -> assertThat(error.code()).isEqualTo(502));
        assertThat(parts.hasNext()).isFalse();
    }
}
