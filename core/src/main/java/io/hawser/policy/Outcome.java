package io.hawser.policy;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// How a call ended: an answer or an error, and what it means. Made only where a success does not pass
/// straight on.
///
/// @param answer null too where there is an error
record Outcome<T extends @Nullable Object>(
        @Nullable T answer, @Nullable Exception error, Verdict verdict) {
    static <T extends @Nullable Object> Outcome<T> of(T answer, Verdict verdict) {
        return new Outcome<>(answer, null, verdict);
    }

    static <T extends @Nullable Object> Outcome<T> failed(Exception error, Classifier classifier) {
        return new Outcome<>(null, error, classifier.failure(error));
    }

    static <T extends @Nullable Object> Outcome<T> of(Callable<T> work, Classifier classifier) {
        try {
            T answer = work.call();
            return of(answer, classifier.answer(answer));
        } catch (Exception error) {
            return failed(error, classifier);
        }
    }

    /// The answer, or the error thrown.
    @SuppressWarnings("NullAway") // The answer is a T: null only where T may be.
    T result() throws Exception {
        if (error != null) throw error;
        return answer;
    }

    /// Nobody will get this outcome.
    void discard(Classifier classifier) {
        if (error == null) classifier.discard(answer);
    }
}
