package io.hawser.internal.io;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetric;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import org.jspecify.annotations.Nullable;

/// The memory of the buffers that connections read and write with.
public final class Buffers {
    private static final @Nullable ByteBufAllocatorMetric METRIC =
            ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider provider ? provider.metric() : null;

    private Buffers() {}

    /// Outside of the heap, unused parts of pooled chunks included; 0 where nobody knows.
    public static long directBytes() {
        return METRIC == null ? 0 : Math.max(0, METRIC.usedDirectMemory());
    }

    /// On the heap.
    public static long heapBytes() {
        return METRIC == null ? 0 : Math.max(0, METRIC.usedHeapMemory());
    }
}
