package io.hawser.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.hawser.Deadline;
import io.hawser.DrainReport;
import io.hawser.Rejected;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IoThreadsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final IoConfig config =
            IoConfig.defaults().withThreads(1).withQueueSizePerThread(4).withName("io-threads-test");
    private final IoThreads io = IoThreads.start(config);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void stop() {
        release.countDown();
        io.close();
    }

    private static List<String> alive(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(thread -> thread.startsWith(name))
                .toList();
    }

    /// Takes the pool's one thread until `release`, and returns when it has it.
    private void occupy(AtomicBoolean interrupted) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        io.post(() -> {
            begun.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        begun.await();
    }

    private void occupy() throws InterruptedException {
        occupy(new AtomicBoolean());
    }

    @Test
    void aPostedTaskRunsOnANamedThreadOfThePool() throws InterruptedException {
        LinkedBlockingQueue<String> names = new LinkedBlockingQueue<>();
        io.post(() -> names.add(Thread.currentThread().getName()));
        assertThat(names.poll(30, TimeUnit.SECONDS)).startsWith("io-threads-test-task-");
    }

    @Test
    void exactlyAsManyTasksWaitAsTheBoundSays() throws InterruptedException {
        occupy();
        for (int i = 0; i < 4; i++) io.post(() -> {});
        assertThat(io.stats().tasks().queued()).isEqualTo(4);
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> io.post(() -> {}))
                .withMessageContaining("4 places");
        assertThat(io.stats().tasks().rejected()).isEqualTo(1);

        release.countDown();
        await().untilAsserted(() -> assertThat(io.stats().tasks().completed()).isEqualTo(5));
        io.post(() -> {});
    }

    @Test
    void exactlyAsManyTimersWaitAsTheBoundSays() {
        List<Scheduled> timers = List.of(
                io.schedule(LONG, () -> {}),
                io.schedule(LONG, () -> {}),
                io.schedule(LONG, () -> {}),
                io.schedule(LONG, () -> {}));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> io.schedule(LONG, () -> {}));
        assertThat(timers.getFirst().cancel()).isTrue();
        io.schedule(LONG, () -> {});
        assertThat(io.stats().tasks().scheduled()).isEqualTo(4);
    }

    @Test
    void aTaskThatThrowsIsCountedAndTheThreadGoesOn() {
        io.post(() -> {
            throw new IllegalStateException("thrown by a test");
        });
        io.post(() -> {
            throw new AssertionError("thrown by a test");
        });
        CountDownLatch after = new CountDownLatch(1);
        io.post(after::countDown);
        await().until(() -> after.getCount() == 0);
        await().untilAsserted(() -> assertThat(io.stats().tasks().completed()).isEqualTo(3));
        assertThat(io.stats().tasks().failed()).isEqualTo(2);
    }

    @Test
    void timersComeInTheOrderOfTheirTimes() throws InterruptedException {
        LinkedBlockingQueue<Integer> order = new LinkedBlockingQueue<>();
        Deadline allSet = Deadline.after(Duration.ofMillis(150));
        io.schedule(Duration.ofMillis(300), () -> order.add(3));
        io.schedule(Duration.ofMillis(150), () -> order.add(2));
        io.schedule(Duration.ofMillis(-5), () -> order.add(1));
        assumeThat(allSet.hasPassed())
                .as("a stall so long that their times changed order")
                .isFalse();
        assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void aTimerIsCancelledOnce() {
        Scheduled timer = io.schedule(LONG, () -> {});
        assertThat(timer.cancel()).isTrue();
        assertThat(timer.cancel()).isFalse();
        assertThat(io.stats().tasks().cancelled()).isEqualTo(1);
        assertThat(io.stats().tasks().scheduled()).isZero();
    }

    @Test
    void aTimerThatRanCannotBeCancelled() {
        CountDownLatch ran = new CountDownLatch(1);
        Scheduled timer = io.schedule(Duration.ZERO, ran::countDown);
        await().until(() -> ran.getCount() == 0);
        assertThat(timer.cancel()).isFalse();
    }

    @Test
    void aTimerBeyondTheClocksReachIsAccepted() {
        assertThat(io.schedule(Duration.ofSeconds(Long.MAX_VALUE), () -> {}).cancel())
                .isTrue();
    }

    @Test
    void anIdleDrainIsCompleteAndLeavesNoThread() {
        assertThat(io.drain(LONG)).isEqualTo(new DrainReport(0, 0));
        await().untilAsserted(() -> assertThat(alive("io-threads-test")).isEmpty());
    }

    @Test
    void aDrainWaitsForWhatIsPending() throws InterruptedException {
        occupy();
        io.post(() -> {});
        Thread drainer = Thread.currentThread();
        Thread releaser = Thread.ofPlatform().start(() -> {
            await().until(() -> drainer.getState() == Thread.State.TIMED_WAITING);
            release.countDown();
        });
        assertThat(io.drain(LONG)).isEqualTo(new DrainReport(2, 0));
        releaser.join();
    }

    @Test
    void aDrainReportsWhatOverranItsGraceAndInterruptsIt() throws InterruptedException {
        AtomicBoolean interrupted = new AtomicBoolean();
        AtomicBoolean ranLate = new AtomicBoolean();
        occupy(interrupted);
        io.post(() -> ranLate.set(true));
        io.schedule(LONG, () -> ranLate.set(true));
        assertThat(io.drain(Duration.ofMillis(20))).isEqualTo(new DrainReport(0, 3));
        assertThat(interrupted).isTrue();
        assertThat(ranLate).isFalse();
        assertThat(alive("io-threads-test-task")).isEmpty();
        assertThat(io.stats().tasks().cut()).isEqualTo(3);
    }

    @Test
    void theCallersDeadlineEndsTheGrace() throws InterruptedException {
        occupy();
        DrainReport report = Deadline.within(Duration.ofMillis(20), () -> io.drain(Duration.ofDays(1)));
        assertThat(report).isEqualTo(new DrainReport(0, 1));
    }

    @Test
    void anInterruptEndsTheGraceAndStaysSet() throws InterruptedException {
        occupy();
        Thread.currentThread().interrupt();
        assertThat(io.drain(Duration.ofDays(1))).isEqualTo(new DrainReport(0, 1));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void afterADrainNothingIsAcceptedAndASecondHasNothingToReport() {
        io.drain(Duration.ZERO);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> io.post(() -> {}));
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> io.schedule(Duration.ZERO, () -> {}));
        assertThat(io.drain(LONG)).isEqualTo(new DrainReport(0, 0));
        io.close();
    }

    @Test
    void closedFromOneOfItsOwnThreadsItEndsAllTheSame() {
        io.post(io::close);
        await().untilAsserted(() -> assertThat(alive("io-threads-test")).isEmpty());
    }
}
