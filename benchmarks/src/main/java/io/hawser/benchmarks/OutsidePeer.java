package io.hawser.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server that is a program of this machine: found, asked for its version, and started with a configuration
/// of ours.
final class OutsidePeer {
    private static final Map<String, String> ASK = Map.of(
            "nginx", "-v",
            "haproxy", "-v",
            "nats-server", "-v",
            "redis-server", "--version");

    private OutsidePeer() {}

    /// @param program its name on the path
    /// @param mode what [io.hawser.benchmarks.peers.OutsideServer] calls it
    static Peer of(Workbench bench, String name, String program, String mode, String... more)
            throws InterruptedException {
        var command = new ArrayList<>(
                bench.peer(name, "", "OutsideServer", "epoll", more).command());
        command.addAll(List.of("--mode", mode));
        if (!Workbench.has(program)) return new Peer(name, program, command, false, "no " + program + " on the path");
        var version = Versions.ofProgram(program, ASK.getOrDefault(program, "--version"));
        return new Peer(name, program + " (" + version + ")", command, false, "");
    }
}
