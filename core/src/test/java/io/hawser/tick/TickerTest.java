package io.hawser.tick;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.hawser.DrainReport;
import io.hawser.StartupFailed;
import io.hawser.testing.HeldTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class TickerTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HeldTime time = new HeldTime();
    private final BlockingQueue<Tick> ticks = new LinkedBlockingQueue<>();
    private final Schedule everySecond = Schedule.every(SECOND).withTime(time);

    private Tick next() throws InterruptedException {
        Tick tick = ticks.poll(30, TimeUnit.SECONDS);
        assertThat(tick).isNotNull();
        return tick;
    }

    private Ticker start(TickAction action) {
        return Ticker.start(TickerHandler.of("test", everySecond, tick -> {
            ticks.add(tick);
            action.tick(tick);
        }));
    }

    @Test
    void itTicksAtOnceAndThenEverySecond() throws InterruptedException {
        try (Ticker ticker = start(tick -> {})) {
            assertThat(next().number()).isZero();
            for (int i = 1; i <= 5; i++) {
                time.passOnceAsleep(SECOND);
                Tick tick = next();
                assertThat(tick.number()).isEqualTo(i);
                assertThat(tick.late()).isZero();
            }
            time.awaitAsleep();
            assertThat(ticker.stats().ticks()).isEqualTo(6);
            assertThat(ticks).isEmpty();
        }
    }

    @Test
    void aTickThatThrowsIsCountedAndTheNextOneComes() throws InterruptedException {
        try (Ticker ticker = start(tick -> {
            if (tick.number() == 0) throw new IllegalStateException("for the test");
            if (tick.number() == 1) throw new AssertionError("an error, for the test");
        })) {
            next();
            time.passOnceAsleep(SECOND);
            next();
            time.passOnceAsleep(SECOND);
            assertThat(next().number()).isEqualTo(2);
            time.awaitAsleep();
            assertThat(ticker.stats().ticks()).isEqualTo(3);
            assertThat(ticker.stats().failed()).isEqualTo(2);
        }
    }

    @Test
    void aTickThatRunsOverIsNotMadeUpFor() throws InterruptedException {
        try (Ticker ticker = start(tick -> {
            if (tick.number() == 0) time.pass(Duration.ofMillis(3500));
        })) {
            next();
            time.passOnceAsleep(Duration.ofMillis(500));
            Tick second = next();
            assertThat(second.missed()).isEqualTo(3);
            assertThat(second.late()).isZero();
            time.awaitAsleep();
            assertThat(ticks).isEmpty();
            TickerStats stats = ticker.stats();
            assertThat(stats.missed()).isEqualTo(3);
            assertThat(stats.longest()).isEqualTo(Duration.ofMillis(3500));
            assertThat(stats.busy()).isEqualTo(Duration.ofMillis(3500));
        }
    }

    @Test
    void aLateTickSaysSoAndMovesNoOther() throws InterruptedException {
        try (Ticker ticker = start(tick -> {})) {
            next();
            time.passOnceAsleep(Duration.ofMillis(1300));
            assertThat(next().late()).isEqualTo(Duration.ofMillis(300));
            time.passOnceAsleep(Duration.ofMillis(700));
            assertThat(next().late()).isZero();
            time.awaitAsleep();
            assertThat(ticker.stats().late()).isZero();
            assertThat(ticker.stats().latest()).isEqualTo(Duration.ofMillis(300));
        }
    }

    @Test
    void theHooksComeFirstAndLast() throws InterruptedException {
        List<String> calls = new CopyOnWriteArrayList<>();
        SharedState shared = SharedState.inProcess();
        try (Ticker ticker = Ticker.start(new Recording(calls), shared)) {
            assertThat(ticker.name()).isEqualTo("Recording");
            next();
            time.awaitAsleep();
            assertThat(ticker.drain(PATIENCE)).isEqualTo(new DrainReport(0, 0));
        }
        assertThat(calls).containsExactly("start", "tick 0", "stop");
        assertThat(shared.counter("seen").value()).isEqualTo(1);
    }

    private final class Recording implements TickerHandler {
        private final List<String> calls;

        Recording(List<String> calls) {
            this.calls = calls;
        }

        @Override
        public Schedule schedule() {
            return everySecond;
        }

        @Override
        public void start(SharedState shared) {
            calls.add("start");
        }

        @Override
        public void tick(Tick tick) {
            calls.add("tick " + tick.number());
            tick.shared().counter("seen").add(1);
            ticks.add(tick);
        }

        @Override
        public void stop() {
            calls.add("stop");
            throw new IllegalStateException("logged, for the test");
        }
    }

    @Test
    void aStartHookThatThrowsIsAFailedStart() {
        TickerHandler broken = new TickerHandler() {
            @Override
            public Schedule schedule() {
                return everySecond;
            }

            @Override
            public void start(SharedState shared) {
                throw new IllegalStateException("no database");
            }

            @Override
            public void tick(Tick tick) {}
        };
        assertThatThrownBy(() -> Ticker.start(broken))
                .isInstanceOf(StartupFailed.class)
                .hasMessageContaining("no database");
    }

    @Test
    void aDrainLetsTheTickUnderWayEnd() throws InterruptedException {
        CountDownLatch goOn = new CountDownLatch(1);
        try (Ticker ticker = start(tick -> goOn.await())) {
            next();
            CompletableFuture<DrainReport> report = new CompletableFuture<>();
            Thread drain = Thread.ofVirtual().start(() -> report.complete(ticker.drain(PATIENCE)));
            await().atMost(PATIENCE).until(() -> drain.getState() == Thread.State.TIMED_WAITING);
            goOn.countDown();
            assertThat(report.join()).isEqualTo(new DrainReport(1, 0));
            assertThat(ticker.stats().ticks()).isEqualTo(1);
        }
    }

    @Test
    void aTickThatOutlastsTheGraceIsInterrupted() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        try (Ticker ticker = start(tick -> never.await())) {
            next();
            assertThat(ticker.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 1));
            assertThat(ticker.stats().failed()).isZero();
            assertThat(ticker.drain(PATIENCE)).isEqualTo(new DrainReport(0, 0));
        }
    }

    @Test
    void aTickMayStopItsOwnTicker() throws InterruptedException {
        BlockingQueue<Ticker> self = new LinkedBlockingQueue<>();
        try (Ticker ticker = start(tick -> self.take().close())) {
            self.add(ticker);
            next();
            await().atMost(PATIENCE).until(() -> ticker.stats().ticks() == 1);
            assertThat(ticker.stats().failed()).isZero();
        }
        assertThat(ticks).isEmpty();
    }

    @Test
    void anInterruptFlagThatATickLeavesBehindDoesNotMatter() throws InterruptedException {
        try (Ticker ticker = start(tick -> Thread.currentThread().interrupt())) {
            next();
            time.passOnceAsleep(SECOND);
            assertThat(next().number()).isEqualTo(1);
            assertThat(ticker.stats().failed()).isZero();
        }
    }

    private final class Stopping implements TickerHandler {
        private final CountDownLatch ticking;
        private final CountDownLatch stopping;
        private final CompletableFuture<String> stopped = new CompletableFuture<>();

        Stopping(CountDownLatch ticking, CountDownLatch stopping) {
            this.ticking = ticking;
            this.stopping = stopping;
        }

        @Override
        public Schedule schedule() {
            return everySecond;
        }

        @Override
        public void tick(Tick tick) {
            ticks.add(tick);
            try {
                ticking.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void stop() {
            try {
                stopping.await();
                stopped.complete("in order");
            } catch (InterruptedException e) {
                stopped.complete("interrupted");
            }
        }
    }

    @Test
    void theStopHookAfterATickThatWasInterruptedIsNotInterrupted() throws InterruptedException {
        Stopping handler = new Stopping(new CountDownLatch(1), new CountDownLatch(0));
        try (Ticker ticker = Ticker.start(handler)) {
            next();
            assertThat(ticker.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 1));
        }
        assertThat(handler.stopped).isCompletedWithValue("in order");
    }

    @Test
    void theStopHookIsNoTickThatCouldBeCut() throws InterruptedException {
        Stopping handler = new Stopping(new CountDownLatch(0), new CountDownLatch(1));
        try (Ticker ticker = Ticker.start(handler)) {
            next();
            time.awaitAsleep();
            CompletableFuture<DrainReport> report = new CompletableFuture<>();
            Thread drain = Thread.ofVirtual().start(() -> report.complete(ticker.drain(Duration.ZERO)));
            await().atMost(PATIENCE).until(() -> drain.getState() == Thread.State.TIMED_WAITING);
            handler.stopping.countDown();
            assertThat(report.join()).isEqualTo(new DrainReport(0, 0));
        }
        assertThat(handler.stopped).isCompletedWithValue("in order");
    }

    @Test
    void aTickerThatWaitsIsDrainedAtOnceWithNothingCut() throws InterruptedException {
        try (Ticker ticker = start(tick -> {})) {
            next();
            time.awaitAsleep();
            assertThat(ticker.drain(Duration.ZERO)).isEqualTo(new DrainReport(0, 0));
        }
    }

    @Test
    void aScheduleThatFailsIsAskedBeforeTheStartHook() {
        AtomicBoolean started = new AtomicBoolean();
        TickerHandler broken = new TickerHandler() {
            @Override
            public Schedule schedule() {
                throw new IllegalStateException("no schedule");
            }

            @Override
            public void start(SharedState shared) {
                started.set(true);
            }

            @Override
            public void tick(Tick tick) {}
        };
        assertThatThrownBy(() -> Ticker.start(broken)).hasMessage("no schedule");
        assertThat(started).isFalse();
    }

    /// Of no use in another process, which could not make it.
    static final class Hidden implements TickerHandler {
        @Override
        public Schedule schedule() {
            return Schedule.every(SECOND);
        }

        @Override
        public void tick(Tick tick) {}
    }

    /// As the other one, for its constructor.
    public static final class HalfHidden implements TickerHandler {
        HalfHidden() {}

        @Override
        public Schedule schedule() {
            return Schedule.every(SECOND);
        }

        @Override
        public void tick(Tick tick) {}
    }

    @Test
    void aHandlerThatIsNotPublicIsNotForked() {
        SharedState shared = SharedState.inProcess();
        assertThatThrownBy(() -> Ticker.fork(Hidden.class, shared))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("is not public");
        assertThatThrownBy(() -> Ticker.fork(HalfHidden.class, shared))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("has no public constructor without parameters");
    }
}
