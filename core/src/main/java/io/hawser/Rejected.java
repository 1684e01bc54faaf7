package io.hawser;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Refused before it began: by a full queue, a limit on the rate, an open circuit, a drain. Nothing was sent.
public final class Rejected extends HawserException {
    private static final long serialVersionUID = 1;

    private final @Nullable Duration retryAfter;

    public Rejected(String reason, @Nullable Duration retryAfter) {
        super(reason, Processed.NO, null);
        this.retryAfter = retryAfter;
    }

    /// How long to wait before trying again, where that is known.
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
