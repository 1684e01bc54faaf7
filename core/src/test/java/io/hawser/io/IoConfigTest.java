package io.hawser.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IoConfigTest {
    private final IoConfig defaults = IoConfig.defaults();

    @Test
    void theDefaultsAreThoseOfTheContract() {
        assertThat(defaults).isEqualTo(new IoConfig(0, 1024, false, "hawser-io", Transport.AUTO));
    }

    @Test
    void eachChangeKeepsTheRest() {
        IoConfig changed = defaults.withThreads(3)
                .withQueueSizePerThread(7)
                .withAffinity(true)
                .withName("x")
                .withTransport(Transport.NIO);
        assertThat(changed).isEqualTo(new IoConfig(3, 7, true, "x", Transport.NIO));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1024})
    void threadsWithinTheLimitsAreAccepted(int threads) {
        assertThat(defaults.withThreads(threads).threads()).isEqualTo(threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1025})
    void threadsBeyondTheLimitsAreNamedInTheError(int threads) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withThreads(threads))
                .withMessageStartingWith("threads is " + threads);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20})
    void queueSizesWithinTheLimitsAreAccepted(int size) {
        assertThat(defaults.withQueueSizePerThread(size).queueSizePerThread()).isEqualTo(size);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, (1 << 20) + 1})
    void queueSizesBeyondTheLimitsAreNamedInTheError(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withQueueSizePerThread(size))
                .withMessageStartingWith("queueSizePerThread is " + size);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void namesWithinTheLimitsAreAccepted(int length) {
        assertThat(defaults.withName("n".repeat(length)).name()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void namesBeyondTheLimitsAreNamedInTheError(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> defaults.withName("n".repeat(length)))
                .withMessageContaining("the length of name is " + length);
    }
}
