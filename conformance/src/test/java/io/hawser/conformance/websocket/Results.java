package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/// What came of every case, one in a line, beside what was committed.
final class Results {
    private static final Path FOLDER = Path.of("results");

    private final String role;
    private final Map<String, String> lines = new ConcurrentSkipListMap<>();

    Results(String role) {
        this.role = role;
    }

    void add(Case played, String outcome) {
        lines.put(played.id(), played.title() + " | " + outcome);
    }

    /// Writes them to `target`, and compares.
    void check() throws IOException {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(lines)
                .forEach(
                        (id, line) -> text.append(id).append(" | ").append(line).append('\n'));
        Path name = Path.of("websocket-" + role + ".txt");
        Files.writeString(Path.of("target").resolve(name), text);
        assertThat(text.toString()).isEqualTo(Files.readString(FOLDER.resolve(name)));
    }
}
