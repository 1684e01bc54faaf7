package io.hawser.http;

import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.Rejected;
import io.hawser.UnexpectedStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// An error told to a client, as `application/problem+json`.
///
/// @param status 400 to 599
/// @param type a URI that names the kind of problem; `about:blank` says no more than the status
/// @param title what kind of problem it is, the same every time
/// @param detail what it is this time, empty if there is nothing to say
/// @param retryAfter when trying again makes sense; sent as `Retry-After`
/// @param more members of one's own
///
/// Source: RFC 9457
public record Problem(
        int status, String type, String title, String detail, Optional<Duration> retryAfter, Map<String, Object> more) {
    private static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        if (status < 400 || status > 599) throw new IllegalArgumentException("status " + status + ": 400 to 599");
        more = Map.copyOf(more);
    }

    /// The problem that says no more than `status` and its phrase.
    public static Problem of(int status) {
        return new Problem(status, "about:blank", Status.phrase(status), "", Optional.empty(), Map.of());
    }

    /// The problem with `detail`.
    public static Problem of(int status, String detail) {
        return of(status).withDetail(detail);
    }

    /// What a client may know of `failure`, which a handler threw:
    ///
    /// - [ProtocolError] with a code from 400 to 499: that status and its message, which is about the
    ///   client's own input. With another code it is about somebody else's: 502.
    /// - [LimitExceeded]: 413. [Rejected]: 503, with its pause or one second.
    /// - [DeadlineExceeded]: 503 if nothing was done, otherwise 504.
    /// - [ConnectFailed], [ConnectionLost] and [UnexpectedStatus]: 502.
    /// - Anything else: 500, without a word.
    public static Problem of(Throwable failure) {
        if (failure instanceof ProtocolError error && error.code() >= 400 && error.code() <= 499) {
            return of(error.code(), String.valueOf(error.getMessage()));
        }
        if (failure instanceof LimitExceeded limit) {
            return of(Status.CONTENT_TOO_LARGE, limit.limit() + ": at most " + limit.allowed() + " is allowed");
        }
        if (failure instanceof Rejected rejected) {
            return of(Status.SERVICE_UNAVAILABLE)
                    .withRetryAfter(rejected.retryAfter().orElse(Duration.ofSeconds(1)));
        }
        if (failure instanceof DeadlineExceeded late) {
            return of(late.processed() == Processed.NO ? Status.SERVICE_UNAVAILABLE : Status.GATEWAY_TIMEOUT);
        }
        return of(isOfAnotherServer(failure) ? Status.BAD_GATEWAY : Status.INTERNAL_SERVER_ERROR);
    }

    private static boolean isOfAnotherServer(Throwable failure) {
        return failure instanceof ProtocolError
                || failure instanceof ConnectFailed
                || failure instanceof ConnectionLost
                || failure instanceof UnexpectedStatus;
    }

    public Problem withType(String changed) {
        return new Problem(status, changed, title, detail, retryAfter, more);
    }

    public Problem withTitle(String changed) {
        return new Problem(status, type, changed, detail, retryAfter, more);
    }

    public Problem withDetail(String changed) {
        return new Problem(status, type, title, changed, retryAfter, more);
    }

    public Problem withRetryAfter(Duration changed) {
        return new Problem(status, type, title, detail, Optional.of(changed), more);
    }

    /// With a member of one's own.
    public Problem with(String member, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(more);
        changed.put(member, value);
        return new Problem(status, type, title, detail, retryAfter, changed);
    }

    /// The answer. A pause is rounded up to whole seconds.
    public Response response() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", type);
        members.put("title", title);
        members.put("status", status);
        if (!detail.isEmpty()) members.put("detail", detail);
        more.forEach(members::putIfAbsent);
        Response response = Response.json(status, members).withHeader("Content-Type", MEDIA_TYPE);
        if (retryAfter.isEmpty()) return response;
        long seconds = retryAfter.get().plusNanos(999_999_999).toSeconds();
        return response.withHeader("Retry-After", String.valueOf(Math.max(0, seconds)));
    }
}
