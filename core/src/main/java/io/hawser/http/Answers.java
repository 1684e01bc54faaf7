package io.hawser.http;

import io.hawser.ProtocolError;
import io.hawser.UnexpectedStatus;
import io.hawser.internal.http.AnswerFault;
import io.hawser.internal.http.Downloads;
import java.util.function.Function;

/// Reads the answers that clients get straight into values.
final class Answers {
    private static final int SHOWN_BYTES = 64 << 10;

    private Answers() {}

    /// What `reading` makes of the body of `response`, which is closed.
    ///
    /// @throws UnexpectedStatus for a status other than 2xx
    /// @throws ProtocolError with a code of 500 and more, or 0, if the body is no such value
    static <T> T read(Request request, Response response, Function<Body, T> reading) {
        checkSuccess(request, response);
        try (Body body = response.body()) {
            return reading.apply(body);
        } catch (ProtocolError unreadable) {
            throw AnswerFault.ofReading(unreadable);
        }
    }

    /// Closes the body of `response` if it throws.
    ///
    /// @throws UnexpectedStatus for a status other than 2xx
    static void checkSuccess(Request request, Response response) {
        if (Status.isSuccess(response.status())) return;
        try (Body body = response.body()) {
            // Queries hold secrets too often to be shown in an error.
            String call = request.method() + " " + request.target().split("\\?", 2)[0];
            throw new UnexpectedStatus(call, response.status(), Downloads.beginning(body, SHOWN_BYTES));
        }
    }
}
