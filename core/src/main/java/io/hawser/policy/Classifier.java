package io.hawser.policy;

import org.jspecify.annotations.Nullable;

/// Says what an answer or an error means. There is one for a call, and all its policies ask it.
///
/// The standard one takes every answer for a success. A protocol whose answers can be failures (a status of
/// 503) brings its own, which looks at the answer and leaves errors to the standard one.
///
/// Thread: called from many at a time.
public interface Classifier {
    /// What an answer means.
    default Verdict answer(@Nullable Object answer) {
        return Verdict.success();
    }

    /// What an error means.
    default Verdict failure(Throwable error) {
        return Failures.verdict(error);
    }

    /// Lets go of an answer that nobody will get, because another attempt replaces it. Closes what can be
    /// closed.
    default void discard(@Nullable Object answer) {
        if (answer instanceof AutoCloseable open) Failures.closeQuietly(open);
    }

    /// Answers are successes; errors by their type:
    ///
    /// | error | kind | processed |
    /// |---|---|---|
    /// | `ConnectFailed`, `ConnectException` | transient | no |
    /// | `NoRouteToHostException`, `UnknownHostException` | transient | no |
    /// | `ConnectionLost`, `DeadlineExceeded` | transient | as they say |
    /// | any other `IOException` or `TimeoutException` | transient | maybe |
    /// | `SessionClosed` with 4000 to 4499 (do not come back unchanged) | client error | |
    /// | `SessionClosed` with any other code | transient | as it says |
    /// | `Rejected` | throttled, with its hint | no |
    /// | `UnexpectedStatus` with 429 | throttled | no |
    /// | `UnexpectedStatus` with 421 | transient | no |
    /// | `UnexpectedStatus` with 408, 425 or 5xx but 501 and 505 | transient | maybe |
    /// | `UnexpectedStatus` with any other | client error | |
    /// | `LimitExceeded`, `IllegalArgumentException` | client error | |
    /// | `Cancelled`, `InterruptedException`, `CancellationException` | cancelled | |
    /// | any other, `ProtocolError` too | fatal | maybe |
    ///
    /// What `ExecutionException`, `CompletionException` and `UncheckedIOException` wrap counts, not they.
    static Classifier standard() {
        return Failures.STANDARD;
    }
}
