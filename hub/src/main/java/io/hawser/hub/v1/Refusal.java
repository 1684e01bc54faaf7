package io.hawser.hub.v1;

import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/// Why a request was not done, as an `err` says it.
record Refusal(int code, String message, Optional<Duration> retry) {
    private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);

    static Refusal of(int code, String message) {
        return new Refusal(code, message, Optional.empty());
    }

    /// What a failure is to the peer whose request failed.
    static Refusal of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof Rejected rejected) {
            return later(message, rejected.retryAfter().orElse(DEFAULT_PAUSE));
        }
        if (cause instanceof ConnectionLost || cause instanceof DeadlineExceeded) return later(message, DEFAULT_PAUSE);
        // A subscription that was ended before it began: later, nothing else would come of it.
        if (cause instanceof Cancelled) return of(Replies.NOT_FOUND, message);
        if (cause instanceof LimitExceeded limit) {
            return of(limit.limit().equals("subscriptions") ? Replies.FORBIDDEN : Replies.TOO_LARGE, message);
        }
        return cause instanceof IllegalArgumentException ? of(Replies.BAD_REQUEST, message) : of(500, "the hub failed");
    }

    private static Refusal later(String message, Duration pause) {
        return new Refusal(Replies.UNAVAILABLE, message, Optional.of(pause));
    }
}
