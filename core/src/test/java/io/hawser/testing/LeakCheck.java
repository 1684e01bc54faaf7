package io.hawser.testing;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Fails a test class after which a buffer is open, or a thread runs, that was not there before it.
///
/// Registered for every test through META-INF/services. A thread counts if it keeps the JVM alive or is named as one of
/// ours; virtual threads are not seen. What is on its way out has 30 s to get there, as has whatever a test awaits:
/// a machine that does other things too is no reason to fail.
public final class LeakCheck implements BeforeAllCallback {
    /// How many milliseconds to wait instead, for the tests of what does leak.
    static final String GRACE_MILLIS = "hawser.leak-check.grace-millis";

    private static final int GRACE_MILLIS_DEFAULT = 30_000;
    private static final int SHOWN_MAX = 3;

    static {
        OpenBuffers.watch();
        Awaitility.setDefaultTimeout(Duration.ofMillis(GRACE_MILLIS_DEFAULT));
    }

    /// The check runs when the store of the class closes, which is after all else that tears the class down.
    @Override
    public void beforeAll(ExtensionContext context) {
        Duration grace = Duration.ofMillis(context.getConfigurationParameter(GRACE_MILLIS, Integer::valueOf)
                .orElse(GRACE_MILLIS_DEFAULT));
        context.getStore(ExtensionContext.Namespace.create(LeakCheck.class, context.getUniqueId()))
                .put(Check.class, new Check(threads(), OpenBuffers.now(), grace));
    }

    private record Check(Set<Thread> threadsBefore, long buffersBefore, Duration grace) implements AutoCloseable {
        @Override
        public void close() {
            try {
                check(System.nanoTime() + grace.toNanos());
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while looking for leaks", stop);
            }
        }

        private void check(long until) throws InterruptedException {
            List<Thread> threads = leftThreads(until);
            List<OpenBuffers.Allocation> buffers = leftBuffers(until);
            if (threads.isEmpty() && buffers.isEmpty()) return;

            AssertionError leak = new AssertionError(
                    "The test class leaves threads " + threads + " and open buffers: " + buffers.size());
            threads.stream().limit(SHOWN_MAX).forEach(thread -> leak.addSuppressed(stackOf(thread)));
            buffers.stream().limit(SHOWN_MAX).forEach(leak::addSuppressed);
            throw leak;
        }

        private List<Thread> leftThreads(long until) throws InterruptedException {
            Set<Thread> started = threads();
            started.removeAll(threadsBefore);
            // JUnit's own, which it keeps for all tests with a time limit.
            started.removeIf(thread -> thread.getName().startsWith("junit-"));
            started.removeIf(thread -> thread.isDaemon() && !thread.getName().startsWith("hawser"));
            for (Thread thread : started) {
                Duration left = Duration.ofNanos(until - System.nanoTime());
                if (left.isPositive()) thread.join(left);
            }
            return started.stream().filter(Thread::isAlive).toList();
        }

        private List<OpenBuffers.Allocation> leftBuffers(long until) throws InterruptedException {
            while (true) {
                List<OpenBuffers.Allocation> open = OpenBuffers.since(buffersBefore);
                if (open.isEmpty() || System.nanoTime() - until > 0) return open;
                Thread.sleep(10);
            }
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static Throwable stackOf(Thread thread) {
        Throwable stack = new Throwable(thread + " still runs");
        stack.setStackTrace(thread.getStackTrace());
        return stack;
    }
}
