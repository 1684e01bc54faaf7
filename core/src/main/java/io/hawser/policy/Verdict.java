package io.hawser.policy;

import io.hawser.HawserException.Processed;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// What an answer or an error means to every policy.
///
/// @param kind what to do about it
/// @param reason why, in a word or two that a metric can carry: `connect_failed`, `http_503`
/// @param processed whether the other side may have acted on the call
/// @param retryAfter how long the other side asks to be left alone
public record Verdict(Kind kind, String reason, Processed processed, Optional<Duration> retryAfter) {
    private static final Verdict SUCCESS = new Verdict(Kind.SUCCESS, "success", Processed.MAYBE, Optional.empty());
    private static final Verdict CANCELLED =
            new Verdict(Kind.CANCELLED, "cancelled", Processed.MAYBE, Optional.empty());

    /// The kinds of outcome.
    public enum Kind {
        /// It worked.
        SUCCESS,
        /// It failed in a way that may pass: worth another attempt.
        TRANSIENT,
        /// The other side is there and wants less: worth another attempt, later.
        THROTTLED,
        /// The caller's mistake. The same call fails again, and says nothing about the health of the other
        /// side.
        CLIENT_ERROR,
        /// A failure that another attempt would not cure.
        FATAL,
        /// The caller gave up.
        CANCELLED
    }

    public Verdict {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(processed, "processed");
        Objects.requireNonNull(retryAfter, "retryAfter");
    }

    public static Verdict success() {
        return SUCCESS;
    }

    public static Verdict temporary(String reason, Processed processed) {
        return new Verdict(Kind.TRANSIENT, reason, processed, Optional.empty());
    }

    public static Verdict throttled(String reason, Processed processed, Optional<Duration> retryAfter) {
        return new Verdict(Kind.THROTTLED, reason, processed, retryAfter);
    }

    public static Verdict clientError(String reason) {
        return new Verdict(Kind.CLIENT_ERROR, reason, Processed.MAYBE, Optional.empty());
    }

    public static Verdict fatal(String reason) {
        return new Verdict(Kind.FATAL, reason, Processed.MAYBE, Optional.empty());
    }

    public static Verdict cancelled() {
        return CANCELLED;
    }

    public boolean isSuccess() {
        return kind == Kind.SUCCESS;
    }

    /// Whether another attempt may help.
    public boolean isPassing() {
        return kind == Kind.TRANSIENT || kind == Kind.THROTTLED;
    }

    /// Whether it speaks against the health of the other side. Being throttled does not: it answers.
    public boolean isFailure() {
        return kind == Kind.TRANSIENT || kind == Kind.FATAL;
    }

    /// Whether the other side has spoken, so that asking a second one would change nothing.
    public boolean isConclusive() {
        return kind == Kind.SUCCESS || kind == Kind.CLIENT_ERROR;
    }
}
