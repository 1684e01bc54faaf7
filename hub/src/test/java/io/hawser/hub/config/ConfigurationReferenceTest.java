package io.hawser.hub.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.hawser.config.ConfigFile;
import io.hawser.internal.config.Overrides;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Holds docs/CONFIGURATION.md to the records. `-Dhawser.docs=write` writes its tables anew.
final class ConfigurationReferenceTest {
    private static final Path REFERENCE = Path.of("../docs/CONFIGURATION.md");
    private static final String MARK = "<!-- What follows is written by ConfigurationReferenceTest. -->";

    @Test
    void theReferenceSaysWhatTheRecordsSay() throws IOException {
        String text = Files.readString(REFERENCE);
        String head = text.substring(0, text.indexOf(MARK) + MARK.length());
        String expected = head + "\n" + String.join("\n", SettingReference.of(HubFile.class)) + "\n";
        if ("write".equals(System.getProperty("hawser.docs"))) Files.writeString(REFERENCE, expected);
        assertThat(Files.readString(REFERENCE))
                .as("docs/CONFIGURATION.md; mvn -pl hub -am test -Dtest=ConfigurationReferenceTest -Dhawser.docs=write"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .isEqualTo(expected);
    }

    @Test
    void noTwoKeysHaveOneVariableButTheTwoNamesOfTheThreads() {
        List<String> keys =
                ConfigFile.none()
                        .withEnvironment(Map.of())
                        .withProperties(Map.of())
                        .read(HubFile.class)
                        .entries()
                        .stream()
                        .map(entry -> entry.key())
                        .filter(key -> !key.equals("network.io_threads"))
                        .toList();
        assertThat(keys.stream().map(Overrides::variable))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(25);
    }
}
