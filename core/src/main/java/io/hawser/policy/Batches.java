package io.hawser.policy;

import io.hawser.Deadline;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The batch that fills, and those under way.
///
/// Each batch has a virtual thread from its first item to its last result. An item is in its batch until it
/// is sent, its caller leaves or, once sent, its result is there.
///
/// Lock: this monitor guards all fields, and the batches; nobody waits while holding it.
final class Batches<Q, R extends @Nullable Object> {
    private final BatchCall<Q, R> call;
    private final BatcherConfig config;
    private final PolicyContext context;
    private final Places places;
    private @Nullable Batch<Q, R> filling;
    private int waiting;

    Batches(BatchCall<Q, R> call, BatcherConfig config, PolicyContext context) {
        this.call = call;
        this.config = config;
        this.context = context;
        this.places = new Places(config.maxConcurrent(), Integer.MAX_VALUE, context.time());
    }

    /// Puts `item` into a batch.
    ///
    /// @return null if too many wait
    synchronized @Nullable Batch<Q, R> add(BatchItem<Q, R> item) {
        if (waiting >= config.maxWaiting()) return null;
        Batch<Q, R> batch = filling;
        if (batch != null && batch.bytes() + item.bytes() > config.maxBytes()) {
            fill(batch);
            batch = null;
        }
        if (batch == null) batch = open();
        batch.add(item);
        waiting++;
        if (batch.size() >= config.maxItems()) {
            fill(batch);
        } else if (batch.hurry(sendBy(item))) {
            LockSupport.unpark(batch.thread());
        }
        return batch;
    }

    /// Half of what an item has left is for the call itself. None is far away.
    private long sendBy(BatchItem<Q, R> item) {
        return context.time().nanoTime() + item.deadline().remainingNanos() / 2;
    }

    private Batch<Q, R> open() {
        AtomicReference<@Nullable Batch<Q, R>> mine = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().name("hawser-batch").unstarted(() -> {
            Batch<Q, R> batch = mine.get();
            if (batch != null) run(batch);
        });
        Batch<Q, R> batch =
                new Batch<>(thread, context.time().nanoTime() + config.linger().toNanos());
        mine.set(batch);
        filling = batch;
        thread.start();
        return batch;
    }

    private void fill(Batch<Q, R> batch) {
        batch.full = true;
        if (filling == batch) filling = null;
        LockSupport.unpark(batch.thread());
    }

    /// The caller of `item` waits no more.
    ///
    /// @return whether it was sent
    synchronized boolean leave(BatchItem<Q, R> item, Batch<Q, R> batch) {
        if (batch.remove(item)) {
            if (!batch.sent) waiting--;
            if (batch.size() == 0 && batch.sent) batch.thread().interrupt();
        }
        return batch.sent;
    }

    private void run(Batch<Q, R> batch) {
        linger(batch);
        // As long as it takes: those who cannot wait leave.
        if (places.take(Long.MAX_VALUE) != Places.Answer.GRANTED) return;
        try {
            List<BatchItem<Q, R>> items = seal(batch);
            if (!items.isEmpty()) send(batch, items);
        } finally {
            places.leave();
        }
    }

    private void linger(Batch<Q, R> batch) {
        while (true) {
            long left;
            synchronized (this) {
                if (batch.full) return;
                left = batch.sendByNanos() - context.time().nanoTime();
                if (left <= 0) {
                    fill(batch);
                    return;
                }
            }
            context.time().parkNanos(batch, left);
        }
    }

    private synchronized List<BatchItem<Q, R>> seal(Batch<Q, R> batch) {
        batch.sent = true;
        waiting -= batch.size();
        return batch.items();
    }

    private void send(Batch<Q, R> batch, List<BatchItem<Q, R>> items) {
        context.tell(new PolicyEvent.BatchSent(context.name(), items.size(), batch.bytes()));
        List<BatchResult<R>> results;
        try {
            List<BatchResult<R>> given = latest(items)
                    .call(() -> call.call(items.stream().map(BatchItem::item).toList()));
            // None of them null: whoever got it would wait on.
            results = List.copyOf(given);
            if (results.size() != items.size()) {
                throw new IllegalStateException(results.size() + " results for " + items.size() + " items");
            }
        } catch (Throwable error) {
            Exception failure = error instanceof Exception e ? e : new IllegalStateException("the batch failed", error);
            items.forEach(item -> complete(batch, item, BatchResult.error(failure)));
            return;
        }
        for (int i = 0; i < items.size(); i++) complete(batch, items.get(i), results.get(i));
    }

    private void complete(Batch<Q, R> batch, BatchItem<Q, R> item, BatchResult<R> result) {
        synchronized (this) {
            batch.remove(item);
        }
        item.complete(result);
    }

    private static Deadline latest(List<? extends BatchItem<?, ?>> items) {
        Deadline latest = items.getFirst().deadline();
        for (BatchItem<?, ?> item : items) {
            if (item.deadline().remainingNanos() > latest.remainingNanos()) latest = item.deadline();
        }
        return latest;
    }
}
