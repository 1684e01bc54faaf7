package io.hawser.config;

import io.hawser.StartupFailed;
import java.util.List;
import java.util.Optional;

/// What came of reading a configuration: a record, or all that is wrong.
///
/// Thread: immutable, safe from any.
///
/// @param <R> the record
public final class ConfigReading<R extends Record> {
    private final Optional<R> record;
    private final List<ConfigProblem> problems;
    private final List<ConfigEntry> entries;

    ConfigReading(Optional<R> record, List<ConfigProblem> problems, List<ConfigEntry> entries) {
        this.record = record;
        this.problems = List.copyOf(problems);
        this.entries = List.copyOf(entries);
    }

    /// The settings.
    ///
    /// @throws StartupFailed if there is a problem, naming the first, and how many more there are
    public R value() {
        if (problems.isEmpty() && record.isPresent()) return record.get();
        int more = problems.size() - 1;
        throw new StartupFailed(problems.getFirst() + (more > 0 ? " (and " + more + " more)" : ""), null);
    }

    /// All that is wrong, in the order of the file; empty if nothing is.
    public List<ConfigProblem> problems() {
        return problems;
    }

    /// The effective settings with their origins, in the order of the records.
    public List<ConfigEntry> entries() {
        return entries;
    }
}
