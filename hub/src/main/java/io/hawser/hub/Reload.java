package io.hawser.hub;

import java.util.List;

/// What came of a configuration that a running hub was given.
///
/// @param changed the settings that are in force now
/// @param needRestart the settings that differ, and cannot change while it runs
public record Reload(List<String> changed, List<String> needRestart) {
    public Reload {
        changed = List.copyOf(changed);
        needRestart = List.copyOf(needRestart);
    }

    @Override
    public String toString() {
        String now = changed.isEmpty() ? "nothing has changed" : "now in force: " + String.join(", ", changed);
        return needRestart.isEmpty() ? now : now + "; needs a restart: " + String.join(", ", needRestart);
    }
}
