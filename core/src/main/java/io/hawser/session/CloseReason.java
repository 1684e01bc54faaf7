package io.hawser.session;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Why a session ended, in the codes that Hawser's protocols share.
///
/// 4000 to 4499: do not come back unchanged. 4500 to 4999: come back after [#retryAfter()]. Below 4000: the
/// codes of RFC 6455, section 7.4.1.
public final class CloseReason {
    public static final CloseReason NORMAL = of(1000, "");
    /// The connection ended without a goodbye.
    public static final CloseReason LOST = of(1006, "connection lost");
    public static final CloseReason HANDLER_FAILED = of(1011, "handler failed");
    public static final CloseReason DRAIN = of(4501, "drain");
    public static final CloseReason OVERLOAD = of(4502, "overload");
    public static final CloseReason TOO_SLOW = of(4503, "too slow a reader");
    public static final CloseReason IDLE = of(4505, "idle");

    private final int code;
    private final String message;
    private final @Nullable Duration retryAfter;

    private CloseReason(int code, String message, @Nullable Duration retryAfter) {
        if (code < 1000 || code > 4999) {
            throw new IllegalArgumentException("close code " + code + ": from 1000 to 4999");
        }
        this.code = code;
        this.message = message;
        this.retryAfter = retryAfter;
    }

    /// A reason of one's own.
    ///
    /// @param code from 1000 to 4999
    public static CloseReason of(int code, String message) {
        return new CloseReason(code, message, null);
    }

    /// This reason with a time after which the peer may come back.
    public CloseReason withRetryAfter(Duration pause) {
        return new CloseReason(code, message, pause);
    }

    public int code() {
        return code;
    }

    public String message() {
        return message;
    }

    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /// Whether coming back without a change can succeed.
    public boolean mayRetry() {
        return code >= 4500 || code == 1001 || code == 1006 || code == 1012 || code == 1013;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CloseReason that
                && code == that.code
                && message.equals(that.message)
                && retryAfter().equals(that.retryAfter());
    }

    @Override
    public int hashCode() {
        return 31 * code + message.hashCode();
    }

    @Override
    public String toString() {
        return message.isEmpty() ? Integer.toString(code) : code + " " + message;
    }
}
