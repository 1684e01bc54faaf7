package io.hawser.conformance.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FewestDescriptorsTest {
    private static final Vitals MANY = new Vitals(Map.of(Measure.DESCRIPTORS, 1e6, Measure.HEAP, 7.0));

    @TempDir
    private Path folder;

    @Test
    void whatIsOpenForAMomentDoesNotCountAndWhatStaysOpenDoes() throws Exception {
        assumeThat(Path.of("/proc/self/fd")).exists();
        Path file = Files.createFile(folder.resolve("file"));
        FewestDescriptors fewest = new FewestDescriptors(ProcessHandle.current().pid());
        fewest.look();
        double before = fewest.into(MANY).of(Measure.DESCRIPTORS);
        List<InputStream> leaked = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) leaked.add(Files.newInputStream(file));
            fewest.look();
            for (int i = 100; i < 200; i++) leaked.add(Files.newInputStream(file));
            fewest.look();
            Vitals taken = fewest.into(MANY);
            assertThat(taken.of(Measure.DESCRIPTORS)).isBetween(before + 80, before + 150);
            assertThat(taken.of(Measure.HEAP)).isEqualTo(7);
        } finally {
            for (InputStream each : leaked) each.close();
        }
    }

    @Test
    void withoutALookTheMomentCounts() {
        FewestDescriptors fewest = new FewestDescriptors(ProcessHandle.current().pid());
        assertThat(fewest.into(MANY).of(Measure.DESCRIPTORS)).isEqualTo(1e6);
    }
}
