package io.hawser.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The launcher hides what a rehearsal says, and goes on when it fails: a start would only be slower.
@Timeout(200)
final class RehearsalTest {
    private static final Path JAR = Path.of("..", "hub", "target", "hawser-hub-all.jar");

    @TempDir
    private Path folder;

    @Test
    void everyVerbSucceedsAndEachOfTheTwoCachesFits() throws Exception {
        Path serve = folder.resolve("serve.aot");
        Path verbs = folder.resolve("verbs.aot");
        run("-XX:AOTCacheOutput=" + serve, "-jar", JAR.toString(), "rehearse", verbs.toString());
        for (Path cache : List.of(serve, verbs)) {
            // A JVM in this mode ends where the cache does not fit.
            run("-XX:AOTMode=on", "-XX:AOTCache=" + cache, "-jar", JAR.toString(), "version");
        }
    }

    private static void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }
}
