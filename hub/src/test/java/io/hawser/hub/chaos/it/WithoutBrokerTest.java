package io.hawser.hub.chaos.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What needs nats-server where there is none.
@Timeout(120)
final class WithoutBrokerTest {
    @ParameterizedTest
    @ValueSource(strings = {"chaos", "bench topics --nodes 2"})
    void oneLineSaysWhatToInstallAndNothingIsLeft(String verb, @TempDir Path folder)
            throws IOException, InterruptedException {
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path err = folder.resolve("err");
        Path out = folder.resolve("out");
        ProcessBuilder hawser = new ProcessBuilder(command(verb, temporary))
                .redirectError(err.toFile())
                .redirectOutput(out.toFile());
        hawser.environment().put("PATH", temporary.toString());
        assertThat(hawser.start().waitFor()).isEqualTo(1);
        assertThat(Files.readAllLines(err))
                .singleElement()
                .asString()
                .startsWith("hawser: nats-server is not on the PATH: install it");
        assertThat(out).isEmptyFile();
        try (Stream<Path> left = Files.list(temporary)) {
            assertThat(left).isEmpty();
        }
    }

    private static List<String> command(String verb, Path temporary) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.hawser.hub.Main"));
        command.addAll(List.of(verb.split(" ")));
        return command;
    }
}
