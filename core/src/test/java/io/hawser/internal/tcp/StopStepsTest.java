package io.hawser.internal.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.ShutdownFailed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StopStepsTest {
    @Test
    void everyStepIsTakenAndTheFirstFaultIsTheCause() {
        List<String> taken = new ArrayList<>();
        StopSteps steps = new StopSteps();
        steps.take(() -> {
            throw new NoClassDefFoundError("on purpose");
        });
        steps.take(() -> taken.add("second"));
        steps.take(() -> {
            throw new IllegalStateException("another");
        });
        steps.take(() -> taken.add("last"));
        assertThat(taken).containsExactly("second", "last");
        assertThatThrownBy(() -> steps.check("it"))
                .isInstanceOf(ShutdownFailed.class)
                .hasMessage("it did not stop as it should: on purpose")
                .cause()
                .isInstanceOf(NoClassDefFoundError.class)
                .hasSuppressedException(new IllegalStateException("another"));
    }

    @Test
    void withoutAFaultNothingIsSaid() {
        StopSteps steps = new StopSteps();
        steps.take(() -> {});
        steps.check("it");
    }
}
