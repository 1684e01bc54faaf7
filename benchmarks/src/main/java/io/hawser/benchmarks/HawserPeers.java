package io.hawser.benchmarks;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/// Hawser, run as a user runs it: the hub, in each transport and each mode of its handlers.
final class HawserPeers {
    static final List<String> MODES = List.of("event_loop", "virtual", "loop_carrier");

    private HawserPeers() {}

    /// With its echo for peers that speak no protocol of its own.
    static List<Peer> of(Workbench bench) {
        var peers = new ArrayList<Peer>();
        for (var transport : PeerCatalog.TRANSPORTS) {
            for (var mode : MODES) {
                var name = "hawser-" + transport + (mode.equals(MODES.getFirst()) ? "" : "-" + mode);
                var about = "Hawser hub, " + mode + ", " + transport;
                peers.add(serve(bench, name, about, "--transport", transport, "--handlers", mode, "--bare", "echo"));
            }
        }
        return peers;
    }

    /// A hub with some options of its own.
    static Peer serve(Workbench bench, String name, String about, String... options) {
        var jar = bench.home().resolve("hub/target/hawser-hub-all.jar");
        var command = bench.java();
        command.addAll(List.of("-jar", jar.toString(), "serve", "--port", "0"));
        command.addAll(List.of("--threads", Integer.toString(bench.loops())));
        // The row of idle connections opens more than the default allows.
        command.addAll(List.of("--max-connections", Integer.toString(2 * IdleMemory.MANY)));
        command.addAll(List.of(options));
        return new Peer(name, about, command, true, Files.isRegularFile(jar) ? "" : "no hub/target/hawser-hub-all.jar");
    }
}
