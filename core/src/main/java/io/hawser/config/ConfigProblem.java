package io.hawser.config;

/// What is wrong with one key of a configuration.
///
/// @param origin where it was said: `hub.conf:12`, or the name of a variable or property
/// @param key such as `network.io.threads`; empty if it is about the file
/// @param message what is wrong, and what is allowed
public record ConfigProblem(String origin, String key, String message) {
    /// Origin, key and message in one line.
    @Override
    public String toString() {
        return key.isEmpty() ? origin + ": " + message : origin + ": " + key + ": " + message;
    }
}
