package io.hawser.internal.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hawser.messaging.Container;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class SupervisorTest {
    @TempDir
    Path folder;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aPlaceIsFilledAlthoughTheFirstTryFails() throws Exception {
        Path end = folder.resolve("end");
        CountDownLatch second = new CountDownLatch(2);
        try (Supervisor supervisor = Supervisor.open(Optional.empty(), Duration.ofMillis(100))) {
            Thread worker = Thread.ofVirtual().start(() -> beReady(supervisor, end));
            WorkerPlan plan = new WorkerPlan(1, number -> command(number, end, second), _ -> Container.of("hello"));

            assertTrue(supervisor.start(plan).isPresent());
            worker.join();

            assertTrue(second.await(20, TimeUnit.SECONDS), "no second try");
            while (supervisor.workerCount() != 1) Thread.sleep(10);
            assertEquals(1, supervisor.restarts());
        }
    }

    private static List<String> command(int number, Path end, CountDownLatch second) {
        if (number == 1) return List.of("/bin/sh", "-c", "while [ ! -e '" + end + "' ]; do sleep 0.05; done");
        second.countDown();
        return number == 2 ? List.of("/no/such/program") : List.of("/bin/sh", "-c", "exec sleep 60");
    }

    /// Says what the first worker, which is a mere shell, cannot say, and lets that end.
    private static void beReady(Supervisor supervisor, Path end) {
        try (WorkerLink link = WorkerLink.open(supervisor.folder(), 1)) {
            boolean isKnown = false;
            while (!isKnown) {
                try {
                    var _ = link.hello(1);
                    isKnown = true;
                } catch (IllegalArgumentException e) {
                    Thread.onSpinWait(); // not started yet
                }
            }
            link.ready(Container.of("about"));
            Files.createFile(end);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
