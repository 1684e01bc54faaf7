package io.hawser.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/// By SIGWINCH, which nobody minds.
final class SignalsTest {
    static void raise(String name) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        signal.getMethod("raise", signal)
                .invoke(null, signal.getConstructor(String.class).newInstance(name));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anActionRunsAtEachSignalUntilItIsTakenBack() throws Exception {
        Semaphore first = new Semaphore(0);
        Semaphore second = new Semaphore(0);
        try (var _ = Signals.on("WINCH", first::release)) {
            raise("WINCH");
            assertThat(first.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            try (var _ = Signals.on("WINCH", second::release)) {
                raise("WINCH");
                assertThat(second.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            }
            raise("WINCH");
            assertThat(first.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.availablePermits()).isZero();
        }
    }

    @Test
    void aSignalThatTheSystemDoesNotKnowIsNoFailure() {
        Signals.Registration none = Signals.on("NO-SUCH-SIGNAL", () -> {});
        none.close();
    }
}
