package io.hawser.hub.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hawser.ProtocolError;
import io.hawser.http.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PageTest {
    private static final List<String> ALL = shuffled(250);

    private static List<String> shuffled(int count) {
        List<String> names = new ArrayList<>(
                IntStream.range(0, count).mapToObj("%04d"::formatted).toList());
        Collections.shuffle(names, new Random(1));
        return names;
    }

    private static Map<String, Object> cut(String query) {
        return Page.of(Request.get("/sessions" + query))
                .cut("n", "names", ALL.stream(), Function.identity(), name -> name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 249, 250, 251, 1000})
    void thePagesOneAfterAnotherAreAllInOrder(int limit) {
        List<Object> seen = new ArrayList<>();
        @Nullable Object next = "";
        while (next != null) {
            Map<String, Object> page = cut("?limit=" + limit + "&after=" + next);
            List<?> names = (List<?>) page.get("names");
            assertThat(names).hasSizeBetween(1, limit);
            assertThat(page.get("total")).isEqualTo(250);
            seen.addAll(names);
            next = page.get("next");
        }
        assertThat(seen).hasSize(250).isEqualTo(ALL.stream().sorted().toList());
    }

    @Test
    void behindTheLastThereIsNothing() {
        assertThat(cut("?after=9999")).isEqualTo(Map.of("node", "n", "names", List.of(), "total", 250));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1001", "-1", "x"})
    void aLimitOutOfRangeIsRefused(String limit) {
        assertThatExceptionOfType(ProtocolError.class)
                .isThrownBy(() -> cut("?limit=" + limit))
                .withMessageContaining("from 1 to 1000");
    }
}
