package io.hawser.internal.http;

import io.hawser.ProtocolError;
import io.hawser.http.Status;

/// What is wrong with the answer of a server, as whoever asked is told.
public final class AnswerFault {
    private static final int FIRST_BLAME = 400;
    private static final int LAST_BLAME = 499;

    private AnswerFault() {}

    /// `error` of an answer, under a code of ours: those of requests would blame whoever had us ask.
    public static ProtocolError of(ProtocolError error) {
        String message = String.valueOf(error.getMessage());
        String source = error.source();
        String bare = message.endsWith(" (" + source + ")")
                ? message.substring(0, message.length() - source.length() - 3)
                : message;
        return new ProtocolError(Status.BAD_GATEWAY, "the server sent no valid answer: " + bare, source);
    }

    /// `error`, which came of reading an answer by code that reads requests, too.
    public static ProtocolError ofReading(ProtocolError error) {
        if (error.code() < FIRST_BLAME || error.code() > LAST_BLAME) return error;
        ProtocolError fault = of(error);
        fault.addSuppressed(error);
        return fault;
    }
}
