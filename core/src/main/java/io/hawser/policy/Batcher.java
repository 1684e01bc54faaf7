package io.hawser.policy;

import io.hawser.Cancelled;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.Rejected;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Collects single calls into batches, and gives each caller its own answer or error.
///
/// ```java
/// Batcher<Long, User> users = Batcher.of(ids -> BatchResult.answers(db.findAll(ids)), id -> 8);
/// User user = users.call(42L);   // with up to 63 others, at most 2 ms later
/// ```
///
/// A batch goes out when it has enough items or bytes, when its first item has waited long enough, or in time
/// for the nearest deadline among its items. It runs on a virtual thread until the latest of these deadlines,
/// so an impatient caller does not cut off the others; each leaves at its own. If all leave, the batch is
/// interrupted.
///
/// Errors: what the batch has for the item; [LimitExceeded] for an item larger than a batch, [Rejected] if
/// too many wait (both: nothing was sent), [DeadlineExceeded] and [Cancelled], which say whether it was sent;
/// [IllegalArgumentException] for a size below 0.
///
/// Thread: safe from any.
public final class Batcher<Q, R extends @Nullable Object> {
    private final BatcherConfig config;
    private final ToLongFunction<? super Q> sizeBytes;
    private final PolicyContext context;
    private final Batches<Q, R> batches;

    private Batcher(
            BatchCall<Q, R> call, ToLongFunction<? super Q> sizeBytes, BatcherConfig config, PolicyContext context) {
        this.config = Objects.requireNonNull(config, "config");
        this.sizeBytes = Objects.requireNonNull(sizeBytes, "sizeBytes");
        this.context = Objects.requireNonNull(context, "context");
        this.batches = new Batches<>(Objects.requireNonNull(call, "call"), config, context);
    }

    /// With the default bounds.
    ///
    /// @param sizeBytes of an item, not below 0
    public static <Q, R extends @Nullable Object> Batcher<Q, R> of(
            BatchCall<Q, R> call, ToLongFunction<? super Q> sizeBytes) {
        return of(call, sizeBytes, BatcherConfig.defaults(), PolicyContext.system());
    }

    /// With all its parts.
    ///
    /// @param sizeBytes of an item, not below 0
    public static <Q, R extends @Nullable Object> Batcher<Q, R> of(
            BatchCall<Q, R> call, ToLongFunction<? super Q> sizeBytes, BatcherConfig config, PolicyContext context) {
        return new Batcher<>(call, sizeBytes, config, context);
    }

    /// The answer to `item`, which goes out with others.
    public R call(Q item) throws Exception {
        long size = sizeBytes.applyAsLong(item);
        if (size < 0) throw new IllegalArgumentException("sizeBytes is " + size + ", below 0");
        if (size > config.maxBytes()) throw new LimitExceeded("maxBytes", config.maxBytes(), size, Processed.NO);
        BatchItem<Q, R> waiting = new BatchItem<>(item, size, Deadline.current());
        Batch<Q, R> batch = batches.add(waiting);
        if (batch == null) {
            context.tell(new PolicyEvent.Refused(context.name(), "", "batcher", Optional.empty()));
            throw new Rejected(context.name() + ": too many items wait for a batch", null);
        }
        return await(waiting, batch);
    }

    private R await(BatchItem<Q, R> waiting, Batch<Q, R> batch) throws Exception {
        while (true) {
            BatchResult<R> result = waiting.result();
            if (result instanceof BatchResult.Answer<R>(R answer)) return answer;
            if (result instanceof BatchResult.Failed<R>(Exception error)) throw error;
            long left = waiting.deadline().remainingNanos();
            boolean interrupted = Thread.currentThread().isInterrupted();
            if (interrupted || left <= 0) {
                Processed processed = batches.leave(waiting, batch) ? Processed.MAYBE : Processed.NO;
                if (interrupted) throw new Cancelled("interrupted while waiting for a batch", processed, null);
                throw new DeadlineExceeded("a batch", processed);
            }
            context.time().parkNanos(this, left);
        }
    }
}
