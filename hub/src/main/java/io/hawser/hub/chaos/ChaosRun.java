package io.hawser.hub.chaos;

import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// Does one bad thing after another to a cluster under load, and says what came of each.
///
/// Thread: the caller's, and those of the clients.
public final class ChaosRun {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(10);

    /// What came of one fault.
    ///
    /// @param resumed from the beginning of the fault until every subscriber had a message that was sent
    ///     after that
    /// @param behind how many subscribers never got what they should
    public record Outcome(Fault fault, Seen seen, Duration resumed, long behind) {
        /// Whether all that was promised was kept.
        public boolean isRight() {
            return seen.isRight() && behind == 0;
        }

        @Override
        public String toString() {
            return "%-32s %,11d %11d %6d %8d %9.2f s%s"
                    .formatted(
                            fault.title(),
                            seen.delivered(),
                            seen.duplicates(),
                            seen.holes(),
                            seen.resyncs(),
                            resumed.toMillis() / 1e3,
                            behind == 0 ? "" : "  " + behind + " subscribers are stuck");
        }
    }

    /// What the columns of an outcome are.
    public static final String HEADING =
            "%-32s %11s %11s %6s %8s %11s".formatted("fault", "delivered", "duplicates", "holes", "resyncs", "resumed");

    private ChaosRun() {}

    /// Runs all, and tells `each` as it comes.
    ///
    /// @return whether every promise was kept
    /// @throws io.hawser.StartupFailed if a broker or a hub does not start
    public static boolean run(ChaosConfig config, List<Fault> faults, Consumer<Outcome> each)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hawser-chaos");
        boolean isRight = true;
        try (Scene scene = new Scene(config, folder)) {
            long since = System.nanoTime();
            await(() -> scene.withoutFlow(since));
            var _ = scene.tally.take();
            for (Fault fault : faults) {
                Outcome outcome = suffer(scene, fault, config.fault().toNanos());
                each.accept(outcome);
                isRight &= outcome.isRight();
            }
        }
        // The logs of what went wrong stay.
        if (isRight) Processes.delete(folder);
        return isRight;
    }

    /// Ends what a run has started, where the run itself does not come to it.
    public static void endProcesses() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    private static Outcome suffer(Scene scene, Fault fault, long nanos) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        long[] resumed = {0};
        Thread watch = Thread.ofVirtual().name("chaos-watch").start(() -> {
            try {
                if (await(() -> scene.withoutFlow(begun)) == 0) resumed[0] = System.nanoTime() - begun;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        fault.happen(scene, nanos);
        watch.join();
        Map<String, Long> reached = scene.acknowledged();
        long behind = await(() -> scene.behind(reached));
        return new Outcome(fault, scene.tally.take(), Duration.ofNanos(resumed[0]), behind);
    }

    /// Waits until nobody is left, or patience has ended.
    ///
    /// @return how many are left
    static long await(LongSupplier left) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (left.getAsLong() > 0 && System.nanoTime() - end < 0) TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        return left.getAsLong();
    }
}
