package io.hawser.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hawser.Cancelled;
import io.hawser.HawserException.Processed;
import io.hawser.policy.PolicyEvent.FellBack;
import io.hawser.testing.FakeTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FallbackTest {
    private final Events events = new Events();
    private final PolicyContext context = events.context(new FakeTime());
    private final List<Object> discarded = new ArrayList<>();
    private final Fallback<String> cached =
            Fallback.of(failure -> "cached, as " + failure.verdict().reason(), context);

    private final class Words implements Classifier {
        @Override
        public Verdict answer(@Nullable Object answer) {
            if ("down".equals(answer)) return Verdict.temporary("down", Processed.NO);
            return "mine".equals(answer) ? Verdict.clientError("mine") : Verdict.success();
        }

        @Override
        public void discard(@Nullable Object answer) {
            discarded.add(String.valueOf(answer));
        }
    }

    @Test
    void itAnswersWhereTheCallFailedAndSaysSo() throws Exception {
        Attempt attempt = Attempt.first(CallTraits.named("find"));
        String answer = cached.call(attempt, a -> {
            throw new IOException("down");
        });
        assertThat(answer).isEqualTo("cached, as io");
        assertThat(attempt.fellBack()).isTrue();
        assertThat(events.all()).containsExactly(new FellBack("test", "find", "io"));
        assertThat(cached.place()).isEqualTo(Place.FALLBACK);
    }

    @Test
    void aSuccessIsLeftAlone() throws Exception {
        assertThat(cached.call(() -> "fresh")).isEqualTo("fresh");
        assertThat(events.all()).isEmpty();
    }

    @Test
    void mistakesOfTheCallerAndItsCancellationAreNotHidden() throws Exception {
        assertThatThrownBy(() -> cached.<String>call(() -> {
                    throw new IllegalArgumentException("mine");
                }))
                .hasMessage("mine");
        assertThatThrownBy(() -> cached.<String>call(() -> {
                    throw new Cancelled("stop", Processed.NO, null);
                }))
                .hasMessage("stop");
        assertThat(cached.call(CallTraits.unnamed().withClassifier(new Words()), () -> "mine"))
                .isEqualTo("mine");
        assertThat(discarded).isEmpty();
    }

    @Test
    void anAnswerThatIsAFailureIsReplacedAndDiscarded() throws Exception {
        Fallback<String> seen =
                Fallback.of(failure -> "instead of " + failure.answer().orElseThrow(), context);
        assertThat(seen.call(CallTraits.unnamed().withClassifier(new Words()), () -> "down"))
                .isEqualTo("instead of down");
        assertThat(discarded).containsExactly("down");
    }

    @Test
    void aFallbackThatFailsLeavesTheFirstFailureWithItsOwnBeside() throws Exception {
        Fallback<String> broken = Fallback.of(failure -> {
            throw new IllegalStateException("fallback");
        });
        assertThatThrownBy(() -> broken.<String>call(() -> {
                    throw new IOException("down");
                }))
                .hasMessage("down")
                .satisfies(error -> assertThat(error.getSuppressed()[0]).hasMessage("fallback"));
        assertThat(broken.call(CallTraits.unnamed().withClassifier(new Words()), () -> "down"))
                .isEqualTo("down");
        IllegalStateException same = new IllegalStateException("same");
        Fallback<String> rethrows = Fallback.of(failure -> {
            throw same;
        });
        assertThatThrownBy(() -> rethrows.<String>call(() -> {
                    throw same;
                }))
                .isSameAs(same)
                .hasNoSuppressedExceptions();
    }
}
