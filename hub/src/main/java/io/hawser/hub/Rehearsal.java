package io.hawser.hub;

/// Runs once after a build, for the JVM to watch: what it loads and links here, later starts find ready in the AOT
/// cache.
///
/// A verb whose start-up time matters is rehearsed here, from its start to its end. The launcher throws the output
/// away,
/// and goes on without a cache when this fails.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        int failures = Main.run("--help") + Main.run("version");
        System.exit(failures);
    }
}
