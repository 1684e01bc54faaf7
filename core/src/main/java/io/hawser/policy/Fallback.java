package io.hawser.policy;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Gives another answer where a call failed.
///
/// Never for the caller's own mistakes and never for what was cancelled: those must be seen. That it was the
/// fallback that answered is in the event, in [Attempt#fellBack()] of the attempt that the call began with,
/// and, where answers can carry it, in the answer that the function makes.
///
/// Errors: where the function throws, the call's own failure counts: its error, with what was thrown as
/// suppressed, or its answer.
///
/// @param <R> what the calls inside answer; a fallback for another type is a [ClassCastException] at the
///     caller
public final class Fallback<R> implements Policy {
    private final Function<Failure, ? extends R> function;
    private final PolicyContext context;

    private Fallback(Function<Failure, ? extends R> function, PolicyContext context) {
        this.function = Objects.requireNonNull(function, "function");
        this.context = Objects.requireNonNull(context, "context");
    }

    /// The answer that `function` makes of a failure.
    public static <R> Fallback<R> of(Function<Failure, ? extends R> function) {
        return of(function, PolicyContext.system());
    }

    /// The answer that `function` makes of a failure.
    public static <R> Fallback<R> of(Function<Failure, ? extends R> function, PolicyContext context) {
        return new Fallback<>(function, context);
    }

    @Override
    public Place place() {
        return Place.FALLBACK;
    }

    @Override
    public <T extends @Nullable Object> T call(Attempt attempt, Call<T> next) throws Exception {
        Classifier classifier = attempt.traits().classifier();
        Outcome<T> outcome;
        try {
            T answer = next.call(attempt);
            Verdict verdict = classifier.answer(answer);
            if (verdict.isSuccess()) return answer;
            outcome = Outcome.of(answer, verdict);
        } catch (Exception error) {
            outcome = Outcome.failed(error, classifier);
        }
        if (!outcome.verdict().isPassing() && !outcome.verdict().isFailure()) return outcome.result();
        return instead(attempt, outcome);
    }

    private <T extends @Nullable Object> T instead(Attempt attempt, Outcome<T> outcome) throws Exception {
        R answer;
        try {
            answer = function.apply(Failure.of(outcome));
        } catch (RuntimeException broken) {
            Exception error = outcome.error();
            if (error != null && !error.equals(broken)) error.addSuppressed(broken);
            return outcome.result();
        }
        outcome.discard(attempt.traits().classifier());
        attempt.markFellBack();
        context.tell(new PolicyEvent.FellBack(
                context.name(), attempt.traits().name(), outcome.verdict().reason()));
        @SuppressWarnings("unchecked") // The type parameter says what it is for.
        T typed = (T) answer;
        return typed;
    }
}
