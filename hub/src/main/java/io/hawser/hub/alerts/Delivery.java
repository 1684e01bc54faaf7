package io.hawser.hub.alerts;

import io.hawser.Cancelled;
import io.hawser.http.HttpClassifier;
import io.hawser.http.HttpClient;
import io.hawser.http.Response;
import io.hawser.policy.CallTraits;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.RetryConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// Posts as JSON, and again while there is no connection or the answer is 408, 425, 429 or 5xx: a receiver
/// that restarts gets it when it is back.
///
/// In all 8 times. Each pause is drawn up to a bound that doubles from 4 s to a minute, about two minutes
/// together; or is what `Retry-After` says, of at most five minutes. A longer one ends it.
///
/// @param timeout of one attempt
record Delivery(HttpClient client, Duration timeout, PolicyContext context) {
    static final int ATTEMPTS = 8;

    private static final Duration FIRST_BOUND = Duration.ofSeconds(4);
    private static final RetryConfig PATIENCE = RetryConfig.defaults()
            .withAttempts(ATTEMPTS)
            .withTransientDelay(FIRST_BOUND)
            .withThrottledDelay(FIRST_BOUND)
            .withMaxDelay(Duration.ofMinutes(1))
            .withMaxHint(Duration.ofMinutes(5));
    private static final int LEAST_FAILURE = 300;

    /// Returns when it is taken or given up.
    ///
    /// @return why it was given up; empty if it was taken
    /// @throws Cancelled if the thread is interrupted
    Optional<String> post(URI url, Map<String, Object> news) {
        CallTraits traits = CallTraits.named("webhook").repeatable().withClassifier(HttpClassifier.on(context.time()));
        AtomicInteger attempts = new AtomicInteger();
        String why;
        try {
            // Of its own: a receiver that is away for one piece of news is so for all.
            Response answer = Retry.of(PATIENCE, RetryBudget.defaults(), context)
                    .run(traits, () -> {
                        attempts.incrementAndGet();
                        return client.post(url.toString())
                                .json(news)
                                .timeout(timeout)
                                .send();
                    });
            try (var _ = answer.body()) {
                if (answer.status() < LEAST_FAILURE) return Optional.empty();
            }
            why = "status " + answer.status();
        } catch (Cancelled e) {
            throw e;
        } catch (RuntimeException e) {
            why = e.toString();
        }
        return Optional.of(why + ", in " + attempts + (attempts.get() == 1 ? " attempt" : " attempts"));
    }
}
