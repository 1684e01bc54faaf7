package io.hawser.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a batch came to for one of its items: an answer or an error.
public sealed interface BatchResult<R extends @Nullable Object> {
    /// It worked.
    record Answer<R extends @Nullable Object>(R answer) implements BatchResult<R> {}

    /// It failed, and its caller gets `error`.
    record Failed<R extends @Nullable Object>(Exception error) implements BatchResult<R> {}

    static <R extends @Nullable Object> BatchResult<R> answer(R answer) {
        return new Answer<>(answer);
    }

    static <R extends @Nullable Object> BatchResult<R> error(Exception error) {
        return new Failed<>(error);
    }

    /// An answer for every item.
    static <R extends @Nullable Object> List<BatchResult<R>> answers(List<R> answers) {
        return answers.stream().map(BatchResult::answer).toList();
    }
}
