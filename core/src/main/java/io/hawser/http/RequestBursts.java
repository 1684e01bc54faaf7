package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.internal.http.Burst;
import io.hawser.policy.BatchResult;
import io.hawser.policy.Batcher;
import io.hawser.policy.BatcherConfig;
import io.hawser.policy.PolicyContext;
import java.util.ArrayList;
import java.util.List;

/// Sends requests that come at the same time in one burst: over HTTP/2 the heads of all of them, and as much of
/// their bodies as there is room for, leave in one write to the connection that they share.
///
/// ```java
/// HttpHandler metered = client.with(RequestBursts.of());
/// ```
///
/// For an API without a batch endpoint, where each write costs: one record of TLS, one packet and one wake-up
/// of the network instead of one for each request. Everything else is as without it: every request is a call
/// of its own, made by its own thread, under its own deadline and through the filters behind this one.
///
/// How many, how large and how long: [BatcherConfig], by default 64 requests, 1 MiB and 2 ms, after which
/// those who are ready wait as long once more for those who are not. No more go at once than the client has
/// connections for ([HttpPoolConfig]: 64 to one origin); the others follow. What goes over HTTP/1.1, has to
/// wait for a connection to be opened, or has a body that is not in memory or larger than a burst, goes when
/// it can.
///
/// Errors: [io.hawser.Rejected] if too many wait, [io.hawser.DeadlineExceeded] and [io.hawser.Cancelled] of a
/// call that ends before its burst.
///
/// Thread: safe from any.
public final class RequestBursts implements Filter {
    private static final int HEAD_BYTES = 256;

    private final BatcherConfig config;
    private final Batcher<Request, Burst.Place> batcher;

    private RequestBursts(BatcherConfig config, PolicyContext context) {
        this.config = config;
        this.batcher = Batcher.of(this::together, RequestBursts::size, config, context);
    }

    /// With the bounds above.
    public static RequestBursts of() {
        return of(BatcherConfig.defaults(), PolicyContext.of("burst"));
    }

    /// With other bounds. Bursts are under way no longer than it takes to begin them, so
    /// [BatcherConfig#maxConcurrent()] means nothing here.
    public static RequestBursts of(BatcherConfig config, PolicyContext context) {
        return new RequestBursts(config, context);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        boolean inMemory =
                request.body().isReplayable() && request.body().length().isPresent();
        if (!inMemory || size(request) > config.maxBytes()) return next.handle(request);
        Burst.Place place = batcher.call(request);
        try {
            return next.handle(request.withAttribute(Burst.PLACE, place));
        } finally {
            place.leave();
        }
    }

    private static long size(Request request) {
        return HEAD_BYTES
                + Bytes.ofUtf8(request.target()).size()
                + request.body().length().orElse(0);
    }

    private List<BatchResult<Burst.Place>> together(List<Request> requests) {
        Burst burst = new Burst(requests.size(), config.linger());
        List<BatchResult<Burst.Place>> places = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) places.add(BatchResult.answer(burst.place()));
        return places;
    }
}
