package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.policy.BatchResult;
import io.hawser.policy.Batcher;
import io.hawser.policy.BatcherConfig;
import io.hawser.policy.PolicyContext;
import java.util.List;

/// Collects requests that come at the same time into one call of a batch endpoint, and gives each caller its own
/// answer. What the format does not take, or whose body is not in memory, goes its own way.
///
/// How many, how large and how long: [BatcherConfig], by default 64 requests, 1 MiB and 2 ms. A batch that fails is
/// the failure of each of its requests; a status other than 200 of the whole is a [io.hawser.ProtocolError].
///
/// Thread: safe from any.
public final class RequestBatching implements Filter {
    private static final int HEAD_BYTES = 256;

    private final BatchFormat format;
    private final Batcher<Item, Response> batcher;

    /// A request, and where it was going.
    private record Item(Request request, HttpHandler next) {}

    private RequestBatching(BatchFormat format, BatcherConfig config, PolicyContext context) {
        this.format = format;
        this.batcher = Batcher.of(this::send, RequestBatching::size, config, context);
    }

    public static RequestBatching of(BatchFormat format) {
        return of(format, BatcherConfig.defaults(), PolicyContext.of("batch"));
    }

    public static RequestBatching of(BatchFormat format, BatcherConfig config, PolicyContext context) {
        return new RequestBatching(format, config, context);
    }

    @Override
    public Response filter(Request request, HttpHandler next) throws Exception {
        boolean inMemory =
                request.body().isReplayable() && request.body().length().isPresent();
        if (!inMemory || !format.takes(request)) return next.handle(request);
        return batcher.call(new Item(request, next));
    }

    private static long size(Item item) {
        Bytes target = Bytes.ofUtf8(item.request().target());
        return HEAD_BYTES + target.size() + item.request().body().length().orElse(0);
    }

    private List<BatchResult<Response>> send(List<Item> items) throws Exception {
        Request joined = format.join(items.stream().map(Item::request).toList());
        Response response = items.getFirst().next().handle(joined);
        return BatchResult.answers(format.split(response, items.size()));
    }
}
