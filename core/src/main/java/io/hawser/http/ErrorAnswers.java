package io.hawser.http;

import io.hawser.Cancelled;
import io.hawser.HawserException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers what a handler throws with the [Problem] that fits: without its class, its stack, or a message,
/// but for that about the client's own input.
///
/// Failures nobody expects are logged as errors with their stack, those of [HawserException] that are
/// answered with a status of 500 and more as warnings; both with the id of the request ([RequestIds], which
/// goes outside of this), which the answer tells too. An interrupt and an [Error] pass, but for a stack
/// that was used up.
public enum ErrorAnswers implements Filter {
    INSTANCE;

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        try {
            return next.handle(request);
        } catch (InterruptedException | Cancelled interrupt) {
            throw interrupt;
        } catch (Exception | StackOverflowError failure) {
            return answer(request, failure);
        }
    }

    private static Response answer(Request request, Throwable failure) {
        Problem problem = Problem.of(failure);
        String id = RequestIds.of(request);
        if (!(failure instanceof HawserException)) {
            LOG.error("{} {} failed, request {}", request.method(), request.rawPath(), id, failure);
        } else if (problem.status() >= 500) {
            LOG.warn("{} {} failed, request {}: {}", request.method(), request.rawPath(), id, failure.toString());
        }
        return (id.equals("-") ? problem : problem.with("request", id)).response();
    }
}
