package io.hawser.http;

import io.hawser.internal.http.BytesBody;
import io.hawser.internal.http.EntityTags;
import io.hawser.internal.http.HttpDates;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.Preconditions;
import java.time.Instant;
import java.util.Optional;

/// Saves the transfer of what a client has already: gives answers of 200 to GET and HEAD whose body is in
/// memory an `ETag`, where they have none, and answers 304 or 412 where the conditions of the request say
/// so.
///
/// The handler runs all the same; only the transfer is saved. It must not be used around handlers that change
/// something, whose conditions are theirs to judge before they do. [StaticFiles] needs no filter for it.
///
/// Source: RFC 9110 section 13
public enum ConditionalRequests implements Filter {
    INSTANCE;

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        Response response = next.handle(request);
        boolean reading =
                request.method().equals(Method.GET) || request.method().equals(Method.HEAD);
        if (!reading || response.status() != Status.OK) return response;
        Response tagged = response;
        if (!response.headers().has(Names.ETAG) && response.body() instanceof BytesBody body) {
            tagged = response.withHeader(Names.ETAG, EntityTags.of(body.content()));
        }
        Optional<Instant> modified = tagged.header(Names.LAST_MODIFIED).flatMap(HttpDates::parse);
        int status = Preconditions.judge(request, tagged.headers().value(Names.ETAG, ""), modified);
        if (status == 0) return tagged;
        response.body().close();
        return status == Status.NOT_MODIFIED
                ? Preconditions.notModified(tagged)
                : Problem.of(status).response();
    }
}
