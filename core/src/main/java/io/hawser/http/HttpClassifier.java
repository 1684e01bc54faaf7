package io.hawser.http;

import io.hawser.HawserException.Processed;
import io.hawser.TimeSource;
import io.hawser.internal.http.RetryAfter;
import io.hawser.policy.Classifier;
import io.hawser.policy.Verdict;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says what an answer of HTTP means to policies; errors mean what the standard classifier says.
///
/// | status | kind | processed |
/// |---|---|---|
/// | up to 399 | success | |
/// | 429, and 503 with `Retry-After` | throttled, with that hint | no |
/// | 421 | transient | no |
/// | 408, 425, 5xx | transient | maybe |
/// | 501, 505 and any other 4xx | client error | |
///
/// Thread: safe from any.
public final class HttpClassifier implements Classifier {
    private static final HttpClassifier SYSTEM = new HttpClassifier(TimeSource.system());

    private final TimeSource time;

    private HttpClassifier(TimeSource time) {
        this.time = time;
    }

    public static HttpClassifier standard() {
        return SYSTEM;
    }

    /// With the clock by which dates of `Retry-After` are read.
    public static HttpClassifier on(TimeSource time) {
        return new HttpClassifier(time);
    }

    @Override
    public Verdict answer(@Nullable Object answer) {
        if (!(answer instanceof Response response) || response.status() < 400) return Verdict.success();
        int status = response.status();
        String reason = "http_" + status;
        Optional<Duration> hint = RetryAfter.of(response.headers(), time.now());
        return switch (status) {
            case Status.TOO_MANY_REQUESTS -> Verdict.throttled(reason, Processed.NO, hint);
            case Status.MISDIRECTED_REQUEST -> Verdict.temporary(reason, Processed.NO);
            case Status.REQUEST_TIMEOUT, Status.TOO_EARLY -> Verdict.temporary(reason, Processed.MAYBE);
            case Status.NOT_IMPLEMENTED, Status.HTTP_VERSION_NOT_SUPPORTED -> Verdict.clientError(reason);
            default -> {
                if (status < 500) yield Verdict.clientError(reason);
                boolean asked = status == Status.SERVICE_UNAVAILABLE && hint.isPresent();
                yield asked
                        ? Verdict.throttled(reason, Processed.NO, hint)
                        : Verdict.temporary(reason, Processed.MAYBE);
            }
        };
    }

    /// Closes the body of an answer that nobody gets.
    @Override
    public void discard(@Nullable Object answer) {
        if (answer instanceof Response response) response.body().close();
        else Classifier.super.discard(answer);
    }
}
