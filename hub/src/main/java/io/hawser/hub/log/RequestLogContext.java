package io.hawser.hub.log;

import io.hawser.http.Filter;
import io.hawser.http.HttpHandler;
import io.hawser.http.Request;
import io.hawser.http.RequestIds;
import io.hawser.http.Response;
import org.slf4j.MDC;

/// Puts the id of a request into whatever is logged while its handler runs.
///
/// Thread: for handlers on threads of their own.
public final class RequestLogContext implements Filter {
    private static final String KEY = "request";

    public RequestLogContext() {}

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        MDC.put(KEY, RequestIds.of(request));
        try {
            return next.handle(request);
        } finally {
            MDC.remove(KEY);
        }
    }
}
