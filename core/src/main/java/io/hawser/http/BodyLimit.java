package io.hawser.http;

import io.hawser.internal.http.LimitedBody;
import io.hawser.internal.http.NetworkBody;

/// The largest body of a request that a route takes, in place of the server's own limit of 10 MiB: smaller or
/// larger. Of several around one handler the least counts.
///
/// A longer one is answered with 413: at once where its length is told beforehand, otherwise when reading
/// comes to the limit, which throws [io.hawser.LimitExceeded].
///
/// @param maxBytes inclusive
public record BodyLimit(long maxBytes) implements Filter {
    public BodyLimit {
        if (maxBytes < 0) throw new IllegalArgumentException("maxBytes " + maxBytes + ": at least 0");
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Body body = request.body();
        if (body.length().orElse(0) > maxBytes) {
            return Problem.of(Status.CONTENT_TOO_LARGE, "body: at most " + maxBytes + " bytes are allowed")
                    .response();
        }
        if (body instanceof NetworkBody network) {
            network.limit(maxBytes);
            return next.handle(request);
        }
        return next.handle(request.withBody(new LimitedBody(body, maxBytes)));
    }
}
