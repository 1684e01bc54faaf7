package io.hawser.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.internal.config.Durations;
import io.hawser.internal.config.Sizes;
import io.hawser.testing.Fuzzing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Any file is a configuration or says what is wrong with it, in lines that name where; durations and sizes
/// print back.
public final class ConfigFuzzTest {
    private static final Path FILE = file();

    private static Path file() {
        try {
            Path file = Files.createTempFile("hawser-fuzz", ".conf");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        scalars(text);
        // It would read other files, which is what it is for.
        if (text.contains("include")) return;
        try {
            Files.write(FILE, input);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ConfigReading<NetworkConfig> reading = ConfigFile.of(FILE)
                .withEnvironment(Map.of())
                .withProperties(Map.of())
                .read("network", NetworkConfig.class);
        for (ConfigProblem problem : reading.problems()) {
            assertThat(problem.message()).isNotBlank();
            assertThat(problem.origin()).isNotBlank();
        }
        if (reading.problems().isEmpty())
            assertThat(reading.value().maxConnections()).isPositive();
    }

    private static void scalars(String text) {
        try {
            assertThat(Durations.parse(Durations.text(Durations.parse(text)))).isEqualTo(Durations.parse(text));
        } catch (IllegalArgumentException none) {
            assertThat(none).hasMessageContaining("'");
        }
        try {
            assertThat(Sizes.parse(Sizes.text(Sizes.parse(text)))).isEqualTo(Sizes.parse(text));
        } catch (IllegalArgumentException none) {
            assertThat(none).hasMessageContaining("'");
        }
    }

    static List<byte[]> seeds() {
        return Fuzzing.seeds(
                "network { max_connections = 10000, http { timeout = 30s, max_connections = 100 }, io { threads = 2 } }",
                "{\"network\": {\"api_clients\": {\"openai\": {\"base_url\": \"https://api.openai.com\", \"rate_limit\": 60}}}}",
                "network.messaging { message_size_limit = 1MiB, timeout = 0.5m }\nnetwork.io.name = ${x}",
                "x = [1, 2\nnetwork = 7",
                "1.5h",
                "64KiB");
    }

    @Test
    void anyFileIsAConfigurationOrSaysWhatIsWrong() {
        Fuzzing.check(seeds(), ConfigFuzzTest::fuzzerTestOneInput);
    }
}
