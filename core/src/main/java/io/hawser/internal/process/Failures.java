package io.hawser.internal.process;

import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import io.hawser.messaging.Container;
import io.hawser.messaging.ContainerBuilder;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What cannot be done, on its way to the process that asked for it.
final class Failures {
    static final String TYPE = "failure";
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static ContainerBuilder write(Throwable thrown, String question) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        ContainerBuilder said = Container.of(TYPE).with("msg", String.valueOf(failure.getMessage()));
        return switch (failure) {
            case LimitExceeded limit ->
                said.with("is", "limit")
                        .with("limit", limit.limit())
                        .with("allowed", limit.allowed())
                        .with("seen", limit.seen());
            case Rejected rejected -> {
                rejected.retryAfter().ifPresent(pause -> said.with("retry", pause.toMillis()));
                yield said.with("is", "rejected");
            }
            case ConnectionLost _, DeadlineExceeded _ -> said.with("is", "lost");
            case IllegalArgumentException _ -> said.with("is", "argument");
            default -> {
                LOG.warn("{} of another process failed", question, failure);
                yield said.with("is", "other");
            }
        };
    }

    static RuntimeException read(Container failure) {
        String message = failure.string("msg");
        return switch (failure.string("is")) {
            case "limit" ->
                new LimitExceeded(
                        failure.string("limit"), failure.int64("allowed"), failure.int64("seen"), Processed.NO);
            case "rejected" ->
                new Rejected(message, failure.has("retry") ? Duration.ofMillis(failure.int64("retry")) : null);
            case "lost" -> new ConnectionLost(message, Processed.MAYBE, null);
            case "argument" -> new IllegalArgumentException(message);
            default -> new IllegalStateException("the other process failed: " + message);
        };
    }
}
