package io.hawser.conformance.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The launcher hides what a rehearsal says, and goes on when it fails: a start would only be slower.
@Timeout(200)
final class RehearsalTest {
    @Test
    void everyVerbThatIsRehearsedSucceeds() throws Exception {
        Process rehearsal = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-opens",
                        "java.base/java.lang=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.hawser.hub.Main",
                        "rehearse")
                .redirectErrorStream(true)
                .start();
        String said = new String(rehearsal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(rehearsal.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(rehearsal.exitValue()).as(said).isZero();
    }
}
