package io.hawser.hub.http;

import io.hawser.http.Filter;
import io.hawser.http.PolicyFilter;
import io.hawser.policy.PolicyContext;
import io.hawser.policy.PolicyEvent;
import io.hawser.policy.Retry;
import io.hawser.policy.RetryBudget;
import io.hawser.policy.RetryConfig;
import java.util.function.Consumer;

/// Makes a call that failed in passing again, and says so.
final class Retries {
    private Retries() {}

    /// The filter for one call.
    ///
    /// @param more attempts behind the first
    static Filter of(int more, Consumer<String> said) {
        RetryConfig config = RetryConfig.defaults().withAttempts(more + 1);
        PolicyContext context = PolicyContext.of("http").withListener(event -> {
            if (event instanceof PolicyEvent.Retried again) {
                said.accept("attempt " + again.attempt() + " failed: " + again.reason() + "; the next in "
                        + again.delay().toMillis() + " ms");
            }
        });
        return PolicyFilter.of("http", Retry.of(config, RetryBudget.defaults(), context));
    }
}
