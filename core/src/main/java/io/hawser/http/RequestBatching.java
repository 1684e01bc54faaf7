package io.hawser.http;

import io.hawser.Bytes;
import io.hawser.policy.BatchResult;
import io.hawser.policy.Batcher;
import io.hawser.policy.BatcherConfig;
import io.hawser.policy.PolicyContext;
import java.util.List;

/// Collects requests that come at the same time into one call of a batch endpoint, and gives each caller its own
/// answer. What the format does not take, whose body cannot be read twice or has no known length, or which is
/// larger than a batch, goes its own way. A body from a file is read into memory.
///
/// Goes around one handler only: a batch is sent by the handler of its first request.
///
/// How many, how large and how long: [BatcherConfig], by default 64 requests, 1 MiB and 2 ms. A batch that fails is
/// the failure of each of its requests; a status other than 200 of the whole is a [io.hawser.ProtocolError].
///
/// Errors: those of the batch; [io.hawser.Rejected] if too many wait; [io.hawser.DeadlineExceeded] and
/// [io.hawser.Cancelled], which say whether the request was sent.
///
/// Thread: safe from any.
public final class RequestBatching implements Filter {
    private static final int HEAD_BYTES = 256;

    private final BatchFormat format;
    private final BatcherConfig config;
    private final Batcher<Item, Response> batcher;

    /// A request, and where it was going.
    private record Item(Request request, HttpHandler next) {}

    private RequestBatching(BatchFormat format, BatcherConfig config, PolicyContext context) {
        this.format = format;
        this.config = config;
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
        boolean isKnown =
                request.body().isReplayable() && request.body().length().isPresent();
        Item item = new Item(request, next);
        if (!isKnown || size(item) > config.maxBytes() || !format.takes(request)) return next.handle(request);
        return batcher.call(item);
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
