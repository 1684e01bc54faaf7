package io.hawser.policy;

import io.hawser.Deadline;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One item and the caller that waits for its result.
final class BatchItem<Q, R extends @Nullable Object> {
    private final Q item;
    private final long bytes;
    private final Deadline deadline;
    private final Thread caller = Thread.currentThread();
    private volatile @Nullable BatchResult<R> result;

    BatchItem(Q item, long bytes, Deadline deadline) {
        this.item = item;
        this.bytes = bytes;
        this.deadline = deadline;
    }

    Q item() {
        return item;
    }

    long bytes() {
        return bytes;
    }

    Deadline deadline() {
        return deadline;
    }

    @Nullable
    BatchResult<R> result() {
        return result;
    }

    void complete(BatchResult<R> itsResult) {
        result = itsResult;
        LockSupport.unpark(caller);
    }
}
