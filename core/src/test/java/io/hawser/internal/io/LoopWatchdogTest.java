package io.hawser.internal.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.spi.ThrowableProxy;
import io.hawser.io.ExecutionMode;
import io.hawser.io.IoConfig;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Time is what each look is told; the loop is held by a latch.
class LoopWatchdogTest {
    private static final long START = 1_000_000_000_000L;

    private final NettyIoThreads io =
            NettyIoThreads.start(IoConfig.defaults().withThreads(1).withName("watchdog-test"));
    private final IoLoop loop = io.next();
    private final LoopWatchdog watchdog = new LoopWatchdog("watchdog-test", io.loops());
    private final CapturedLog log = CapturedLog.of(LoopWatchdog.class);
    private CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void settle() {
        await().until(() -> loop.pendingTasks() == 0 && loop.taken() > 0);
        lookAt(-1);
    }

    @AfterEach
    void stop() {
        release.countDown();
        log.close();
        io.close();
    }

    private void lookAt(long millis) {
        watchdog.look(START + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    private void heldByAHandler() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch until = new CountDownLatch(1);
        release = until;
        new InPlaceDispatch().run(loop, () -> {
            begun.countDown();
            waitingHandler(until);
        });
        begun.await();
        Thread thread = loop.thread();
        await().until(() -> thread != null && thread.getState() == Thread.State.WAITING);
    }

    private static void waitingHandler(CountDownLatch until) {
        try {
            until.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void released() {
        release.countDown();
        await().until(() -> !LoopHold.isHeld(loop.hold().turn()));
    }

    @Test
    void aHoldIsReportedAfter100MillisOnceWithItsStack() throws InterruptedException {
        heldByAHandler();
        lookAt(0);
        lookAt(99);
        assertThat(log.events()).isEmpty();
        lookAt(100);
        lookAt(200);
        assertThat(log.lines())
                .containsExactly("WARN watchdog-test-0 has been held for over 100 ms by a handler"
                        + " (1 such since the last line)");
        assertThat(((ThrowableProxy) log.events().getFirst().getThrowableProxy())
                        .getThrowable()
                        .getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("waitingHandler"));
        assertThat(loop.stats().holds()).isEqualTo(1);
    }

    @Test
    void whoeverLetsGoBetweenTwoLooksIsNotReported() throws InterruptedException {
        for (int i = 0; i < 10; i++) {
            heldByAHandler();
            lookAt(i * 90L);
            released();
        }
        lookAt(1000);
        assertThat(log.events()).isEmpty();
        assertThat(loop.stats().holds()).isZero();
    }

    @Test
    void anIdleLoopIsNotReported() {
        for (int i = 0; i < 10; i++) lookAt(i * 1000L);
        assertThat(loop.stats().holds()).isZero();
    }

    @Test
    void withinFiveSecondsTheLineIsNotRepeatedButTheHoldsAreCounted() throws InterruptedException {
        for (int at : new int[] {0, 1000, 2000, 6000}) {
            heldByAHandler();
            lookAt(at);
            lookAt(at + 150);
            released();
            lookAt(at + 160);
        }
        assertThat(log.lines()).hasSize(2);
        assertThat(log.lines().getLast()).endsWith("(3 such since the last line)");
        assertThat(loop.stats().holds()).isEqualTo(4);
    }

    @Test
    void aLoopWhoseTasksWaitWhileItsThreadIsElsewhereIsReported() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        loop.execute(() -> {
            begun.countDown();
            waitingHandler(release);
        });
        begun.await();
        lookAt(0);
        lookAt(150);
        assertThat(log.events()).as("nothing waits").isEmpty();
        loop.execute(() -> {});
        lookAt(200);
        lookAt(350);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("held for over 100 ms by a task that is no handler's");
    }

    @Test
    void aVirtualThreadThatHoldsItsLoopIsReportedWithItsOwnStack() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        io.dispatch(ExecutionMode.LOOP_CARRIER).run(loop, () -> {
            begun.countDown();
            while (release.getCount() > 0) Thread.onSpinWait();
            waitingHandler(release);
        });
        begun.await();
        await().until(() -> log.lines().size() == 1);
        assertThat(((ThrowableProxy) log.events().getFirst().getThrowableProxy())
                        .getThrowable()
                        .getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(LoopWatchdogTest.class.getName()));
    }
}
