package io.hawser.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs jcstress on what is lock-free: threads that really run at the same time, and every outcome that
/// they see.
@Timeout(3600)
final class StressTest {
    private static final List<String> ALL = List.of(
            "http.SingleFlightStress",
            "http2.SlotsStress",
            "io.CarrierQueueStress.Stopping",
            "io.CarrierQueueStress.Turning",
            "io.WaitersStress",
            "link.HeapShareStress",
            "link.LinkEndStress",
            "link.LinkStateStress",
            "link.QueuedInboxStress",
            "pool.IdlePruneStress",
            "pool.IdleSweepStress",
            "topic.TopicTrieStress");

    @TempDir
    private Path folder;

    @Test
    void inAShortRunNobodySeesWhatMustNotBe() throws Exception {
        run("-f", "1", "-fsm", "1", "-sc", "false", "-iters", "1", "-time", "50");
    }

    @Test
    @Tag("full")
    void norInALongOne() throws Exception {
        run("-f", "3", "-iters", "10", "-time", "1000");
    }

    private void run(String... options) throws Exception {
        assumeThat(getClass().getResource("/META-INF/TestList"))
                .as("what jcstress generates, which only a build with annotation processors has")
                .isNotNull();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "org.openjdk.jcstress.Main",
                "-v"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("Failed tests: No matches.", "Error tests: No matches.");
        for (String name : ALL) assertThat(said).contains("[OK] io.hawser.internal." + name);
        assertThat(said).contains("[OK] io.hawser.policy.TokenBalanceStress");
    }
}
