package io.hawser.hub;

import io.hawser.tcp.ListenConfig;
import java.time.Duration;

/// Runs once after a build, for the JVM to watch: what it loads and links here, the AOT cache has ready for later
/// starts.
///
/// A verb whose start-up time matters is rehearsed here, from its start to its end. The launcher throws the output
/// away, and goes on without a cache when this fails.
final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] args) {
        int failures = Main.run("--help") + Main.run("version") + Main.run("serve", "--help");
        try (Hub hub = Hub.start(HubConfig.on(ListenConfig.on("127.0.0.1:0")))) {
            failures += Main.run("msg", hub.endpoint().toString(), "--send", "text");
            hub.drain(Duration.ofSeconds(1));
        }
        System.exit(failures);
    }
}
