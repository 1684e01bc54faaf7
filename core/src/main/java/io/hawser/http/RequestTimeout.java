package io.hawser.http;

import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import java.time.Duration;

/// Gives each request a [Deadline]: whatever the handler waits for with Hawser stops then, and the client gets
/// 503.
///
/// Ends with the handler's return: a body that is written afterwards has the time limits of the connection.
///
/// @param timeout above zero
public record RequestTimeout(Duration timeout) implements Filter {
    public RequestTimeout {
        if (!timeout.isPositive()) throw new IllegalArgumentException("timeout " + timeout + ": above zero");
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Deadline deadline = Deadline.after(timeout);
        try {
            return deadline.call(() -> next.handle(request));
        } catch (DeadlineExceeded late) {
            if (!deadline.hasPassed()) throw late;
            return Problem.of(Status.SERVICE_UNAVAILABLE)
                    .withRetryAfter(Duration.ofSeconds(1))
                    .response();
        }
    }
}
