package io.hawser.policy;

import java.util.Optional;

/// A call that failed: with an error, or with an answer that is none.
///
/// @param verdict what the failure means
/// @param error what was thrown
/// @param answer what was answered, e.g. with a status of 503; closed after the fallback has looked at it
public record Failure(Verdict verdict, Optional<Throwable> error, Optional<Object> answer) {
    static Failure of(Outcome<?> outcome) {
        return new Failure(
                outcome.verdict(), Optional.ofNullable(outcome.error()), Optional.ofNullable(outcome.answer()));
    }
}
