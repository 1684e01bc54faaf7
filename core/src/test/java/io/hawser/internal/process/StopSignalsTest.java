package io.hawser.internal.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.DrainReport;
import io.hawser.Endpoint;
import io.hawser.Server;
import io.hawser.ShutdownFailed;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class StopSignalsTest {
    private static final Duration GRACE = Duration.ofSeconds(30);

    /// One whose stop takes as long as the test says, and fails if it is drained from here.
    private static final class SlowServer implements Server {
        final CountDownLatch awaited = new CountDownLatch(2);
        final CountDownLatch stopped = new CountDownLatch(1);
        volatile boolean isRunning = true;

        @Override
        public Endpoint endpoint() {
            return Endpoint.of("127.0.0.1", 1);
        }

        @Override
        public int connectionCount() {
            return 0;
        }

        @Override
        public boolean isRunning() {
            return isRunning;
        }

        @Override
        public void awaitStop() {
            awaited.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        @Override
        public DrainReport drain(Duration grace) {
            throw new ShutdownFailed("a part of it did not stop", null);
        }

        @Override
        public void close() {
            isRunning = false;
            stopped.countDown();
        }
    }

    private final SlowServer server = new SlowServer();
    private final BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();

    private Thread run() {
        return Thread.startVirtualThread(() -> codes.add(server.run(GRACE)));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aDrainThatIsUnderWayWhenTheSignalComesIsWaitedFor() throws Exception {
        CountDownLatch other = new CountDownLatch(1);
        // A signal that comes before it is listened to would end the JVM.
        try (var _ = Signals.on("TERM", other::countDown)) {
            Thread running = run();
            while (server.awaited.getCount() > 1) Thread.onSpinWait();
            server.isRunning = false;
            SignalsTest.raise("TERM");
            assertThat(server.awaited.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(codes).isEmpty();
            server.close();
            assertThat(codes.poll(30, TimeUnit.SECONDS)).isEqualTo(0);
            running.join();
            assertThat(other.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aDrainThatFailsAfterAnInterruptIsACodeToo() throws Exception {
        Thread running = run();
        while (server.awaited.getCount() > 1) Thread.onSpinWait();
        running.interrupt();
        assertThat(codes.poll(30, TimeUnit.SECONDS)).isEqualTo(1);
        running.join();
        server.close();
    }
}
