package io.hawser.hub.http;

import io.hawser.HawserException.Processed;
import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.policy.CallTraits;
import io.hawser.policy.Classifier;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.Repeat;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.RetryConfig;
import io.hawser.policy.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes a call that failed in passing again, and says so.
final class Retries implements Filter {
    private static final Classifier STATUSES = new Classifier() {
        @Override
        public Verdict answer(@Nullable Object answer) {
            return answer instanceof Response response ? verdict(response) : Verdict.success();
        }

        @Override
        public void discard(@Nullable Object answer) {
            if (answer instanceof Response response) response.body().close();
        }
    };

    private final Retry retry;

    /// @param more attempts behind the first
    Retries(int more, Consumer<String> said) {
        RetryConfig config = RetryConfig.defaults().withAttempts(more + 1);
        this.retry = Retry.of(config, RetryBudget.defaults(), PolicyContext.system().withListener(event -> {
            if (event instanceof PolicyEvent.Retried again) {
                said.accept("attempt " + again.attempt() + " failed: " + again.reason() + "; the next in "
                        + again.delay().toMillis() + " ms");
            }
        }));
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        boolean isReplayable = request.body().isReplayable();
        boolean isRepeatable = request.method().isIdempotent() || request.headers().has("Idempotency-Key");
        Repeat repeat = !isReplayable ? Repeat.NEVER : isRepeatable ? Repeat.ALWAYS : Repeat.UNPROCESSED;
        CallTraits traits =
                CallTraits.named("http").withRepeat(repeat).withClassifier(STATUSES);
        return retry.call(traits, () -> next.handle(request));
    }

    private static Verdict verdict(Response response) {
        String reason = "http_" + response.status();
        return switch (response.status()) {
            case 429, 503 -> Verdict.throttled(reason, Processed.NO, retryAfter(response));
            case 408, 425, 500, 502, 504 -> Verdict.temporary(reason, Processed.MAYBE);
            default -> Verdict.success();
        };
    }

    /// Source: RFC 9110, section 10.2.3
    private static Optional<Duration> retryAfter(Response response) {
        String text = response.headers().value("Retry-After", "");
        if (text.matches("[0-9]{1,9}")) return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        try {
            Instant date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration wait = Duration.between(Instant.now(), date);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeParseException neither) {
            return Optional.empty();
        }
    }
}
