package io.hawser.hub.chaos;

import io.hawser.hub.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Lets one of many readers of a hub stand still, and says what the others see of it, how much the hub keeps
/// for the one, and whether that one is told what it lost.
///
/// Rounds in which all read and in which one stands still take turns, behind two that do not count.
///
/// Thread: the caller's, and those of the readers.
public final class ReaderRun {
    private ReaderRun() {}

    /// Runs all rounds, and tells `each` as it ends.
    ///
    /// @return what was told
    public static List<ReaderOutcome> run(ReaderConfig config, Consumer<ReaderOutcome> each)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("hawser-chaos");
        List<ReaderOutcome> outcomes = new ArrayList<>();
        try (ReaderScene scene = new ReaderScene(config, folder)) {
            var _ = scene.round(false);
            var _ = scene.round(true);
            for (int i = 0; i < 2 * config.rounds(); i++) {
                ReaderOutcome outcome = scene.round(i % 2 == 1);
                each.accept(outcome);
                outcomes.add(outcome);
            }
        }
        // The log of what went wrong stays.
        if (outcomes.stream().allMatch(ReaderOutcome::isRight)) Processes.delete(folder);
        return outcomes;
    }
}
