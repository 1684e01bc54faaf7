package io.hawser.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A soak that is far too short to show that anything grows, but long enough for everything else.
@Timeout(1200)
final class SoakRunTest {
    @TempDir
    private Path folder;

    @Test
    @Tag("full")
    void inAFewSecondsOfItNothingIsWrongAndEverybodyGoesAway() throws Exception {
        List<String> said = Collections.synchronizedList(new ArrayList<>());
        SoakResult result = SoakRun.run(Duration.ofSeconds(12), 60, 7, folder, said::add);

        assertThat(result.faults()).as(() -> String.join("\n", said)).isEmpty();
        assertThat(result.counts()).containsKeys("http1", "http2-tls", "websocket", "msgi", "stranger", "publish");
        assertThat(result.counts().get("messages-received")).isPositive();
        assertThat(result.samples()).isNotEmpty();
        assertThat(SoakReport.of(result)).contains("All was as it must be.", "Too short", "| live heap, MiB ");
        assertThat(SoakPlot.of(result.samples())).startsWith("<svg ").contains("<path ");
        assertThat(Files.readAllLines(folder.resolve("samples.tsv")))
                .hasSize(1 + result.samples().size());
    }
}
