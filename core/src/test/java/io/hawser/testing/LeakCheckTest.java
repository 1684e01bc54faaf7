package io.hawser.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.testkit.engine.EventConditions.container;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedWithFailure;
import static org.junit.platform.testkit.engine.TestExecutionResultConditions.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/// Runs the check on classes that leak, and on some that only seem to.
final class LeakCheckTest {
    private static final List<ByteBuf> LEAKED = new ArrayList<>();
    private static final List<Thread> STARTED = new ArrayList<>();
    private static volatile CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void cleanUpAfterTheFixture() throws InterruptedException {
        LEAKED.forEach(ByteBuf::release);
        LEAKED.clear();
        end.countDown();
        for (Thread thread : STARTED) thread.join();
        STARTED.clear();
        end = new CountDownLatch(1);
    }

    @ParameterizedTest
    @ValueSource(classes = {LeavesADirectBuffer.class, LeavesAHeapBuffer.class, LeavesASliceOfABuffer.class})
    void aBufferLeftOpenFailsTheClass(Class<?> fixture) {
        assertLeak(fixture, "The test class leaves threads [] and open buffers: 1");
    }

    @Test
    void theAllocationIsToldWithItsStack() {
        Throwable failure = execute(LeavesADirectBuffer.class, 0).failed().stream()
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .map(result -> result.getThrowable().orElseThrow())
                .findFirst()
                .orElseThrow();
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(failure.getSuppressed()[0].getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(LeavesADirectBuffer.class.getName()));
    }

    @Test
    void aThreadThatKeepsTheJvmAliveFailsTheClass() {
        assertLeak(LeavesAThread.class, "The test class leaves threads [Thread[#");
    }

    @Test
    void aDaemonNamedAsOursFailsTheClass() {
        assertLeak(LeavesOurDaemon.class, "The test class leaves threads [Thread[#");
    }

    @ParameterizedTest
    @ValueSource(classes = {LeavesAForeignDaemon.class, ReleasesLate.class, ClosesAfterAll.class, HoldsAConstant.class})
    void whatIsNoLeakFailsNothing(Class<?> fixture) {
        execute(fixture, 5_000).assertStatistics(events -> events.failed(0).succeeded(3));
    }

    private static void assertLeak(Class<?> fixture, String start) {
        execute(fixture, 0)
                .failed()
                .assertEventsMatchExactly(
                        event(container(fixture), finishedWithFailure(message(text -> text.startsWith(start)))));
    }

    /// The engine, the class and its one test: three events that finish.
    private static Events execute(Class<?> fixture, int graceMillis) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .configurationParameter(LeakCheck.GRACE_MILLIS, Integer.toString(graceMillis))
                .selectors(selectClass(fixture))
                .execute()
                .allEvents();
    }

    private static void start(Thread.Builder.OfPlatform thread) {
        CountDownLatch awaited = end;
        STARTED.add(thread.start(() -> {
            try {
                awaited.await();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    static final class LeavesADirectBuffer {
        @Test
        void test() {
            LEAKED.add(ByteBufAllocator.DEFAULT.directBuffer(16));
        }
    }

    static final class LeavesAHeapBuffer {
        @Test
        void test() {
            LEAKED.add(ByteBufAllocator.DEFAULT.heapBuffer(16));
        }
    }

    static final class LeavesASliceOfABuffer {
        @Test
        void test() {
            ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16).writeLong(1);
            LEAKED.add(buffer.readRetainedSlice(4));
            buffer.release();
        }
    }

    static final class LeavesAThread {
        @Test
        void test() {
            start(Thread.ofPlatform().name("somebody"));
        }
    }

    static final class LeavesOurDaemon {
        @Test
        void test() {
            start(Thread.ofPlatform().daemon().name("hawser-io-1"));
        }
    }

    static final class LeavesAForeignDaemon {
        @Test
        void test() {
            start(Thread.ofPlatform().daemon().name("somebody"));
        }
    }

    static final class ReleasesLate {
        @AfterAll
        static void releaseOnAnotherThread() {
            ByteBuf buffer = ByteBufAllocator.DEFAULT.buffer(16);
            CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS).execute(buffer::release);
        }

        @Test
        void test() {}
    }

    static final class ClosesAfterAll {
        @AutoClose
        private static final AutoCloseable RESOURCE = new AutoCloseable() {
            private final List<ByteBuf> held = new ArrayList<>();

            @Override
            public void close() {
                held.forEach(ByteBuf::release);
            }

            @Override
            public String toString() {
                held.add(ByteBufAllocator.DEFAULT.buffer(16));
                return "held";
            }
        };

        @Test
        void test() {
            assertThat(RESOURCE.toString()).isEqualTo("held");
        }
    }

    static final class HoldsAConstant {
        private static final class Constants {
            private static final ByteBuf CONSTANT = ByteBufAllocator.DEFAULT.buffer(16);
        }

        @Test
        void test() {
            assertThat(Constants.CONSTANT.refCnt()).isOne();
        }
    }
}
