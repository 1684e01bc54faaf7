package io.hawser.hub.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CrowdTest {
    private final AtomicInteger open = new AtomicInteger();

    private AutoCloseable opened() {
        open.incrementAndGet();
        return open::decrementAndGet;
    }

    @Test
    void allAreOpenedAndClosed() throws Exception {
        List<Callable<AutoCloseable>> each = new ArrayList<>();
        for (int i = 0; i < 200; i++) each.add(this::opened);
        try (Crowd<AutoCloseable> crowd = Crowd.open(each)) {
            assertThat(crowd.stream()).hasSize(200);
            assertThat(open).hasValue(200);
        }
        assertThat(open).hasValue(0);
    }

    @Test
    void whereOneCannotBeOpenedTheOthersAreClosed() {
        List<Callable<AutoCloseable>> each = List.of(
                this::opened,
                () -> {
                    throw new IllegalStateException("full");
                },
                this::opened);
        assertThatIOException()
                .isThrownBy(() -> Crowd.open(each))
                .withMessageContaining("not all of 3")
                .withMessageContaining("full");
        assertThat(open).hasValue(0);
    }
}
