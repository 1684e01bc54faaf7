package io.hawser.testing;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import io.netty.util.ResourceLeakTracker;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Counts every buffer of Netty (and what else it watches for leaks) from its allocation to its release.
///
/// Netty's own detector reports a buffer once the collector has found it, which needs luck and blames nobody. This one
/// keeps a tracker for each open buffer, with the stack that allocated it, and can be asked at any moment.
final class OpenBuffers {
    private static final Set<Open<?>> OPEN = ConcurrentHashMap.newKeySet();
    private static final AtomicLong SEQUENCE = new AtomicLong();

    private OpenBuffers() {}

    /// Watches all buffers from now on. Must come before the first of them: each class of Netty asks only once.
    static void watch() {
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // and abstract
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> type, int interval, long maxActive) {
                return new Detector<>(type);
            }
        });
    }

    /// A point in time, for [#since].
    static long now() {
        return SEQUENCE.get();
    }

    /// The allocations after `point` whose buffers are open still, oldest first.
    static List<Allocation> since(long point) {
        return OPEN.stream()
                .map(open -> open.allocation)
                .filter(allocation -> allocation.sequence > point && !allocation.isConstant())
                .sorted((a, b) -> Long.compare(a.sequence, b.sequence))
                .toList();
    }

    /// Where a buffer came from.
    static final class Allocation extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final long sequence;

        Allocation(String type, long sequence) {
            super(type + " allocated by " + Thread.currentThread().getName());
            this.sequence = sequence;
        }

        /// A constant of a class lives as long as the class.
        boolean isConstant() {
            for (StackTraceElement frame : getStackTrace()) {
                if (frame.getMethodName().equals("<clinit>")) return true;
            }
            return false;
        }
    }

    private static final class Detector<T> extends ResourceLeakDetector<T> {
        private final String type;

        Detector(Class<T> type) {
            super(type, 1);
            this.type = type.getSimpleName();
        }

        @Override
        public ResourceLeakTracker<T> track(T resource) {
            return trackForcibly(resource);
        }

        @Override
        public ResourceLeakTracker<T> trackForcibly(T resource) {
            Open<T> open = new Open<>(new Allocation(type, SEQUENCE.incrementAndGet()));
            OPEN.add(open);
            return open;
        }

        /// The stack of the allocation is enough; those of every access would be slow.
        @Override
        public boolean isRecordEnabled() {
            return false;
        }
    }

    /// Equal to itself only.
    private static final class Open<T> implements ResourceLeakTracker<T> {
        private final Allocation allocation;

        Open(Allocation allocation) {
            this.allocation = allocation;
        }

        @Override
        public void record() {}

        @Override
        public void record(Object hint) {}

        @Override
        public boolean close(T resource) {
            return OPEN.remove(this);
        }
    }
}
