package io.hawser.benchmarks.broadcast;

import java.util.List;

/// How one client begins: the upgrade, what it says then, and what it waits to hear.
///
/// @param path of the upgrade, for those that have one
/// @param fields more fields of the upgrade's request, each with its line's end
/// @param hello messages
/// @param welcome what the last text that answers them contains; empty where none does
public record Speaker(String path, String fields, List<String> hello, String welcome) {

    public Speaker {
        hello = List.copyOf(hello);
    }

    /// A client that says nothing.
    public static Speaker silent(String path) {
        return new Speaker(path, "", List.of(), "");
    }
}
