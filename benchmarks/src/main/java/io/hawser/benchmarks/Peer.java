package io.hawser.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// A server to compare: how it is started.
///
/// @param about what it is, with its version, in a few words
/// @param command program and arguments; it prints `ready PORT` or `hawser ready HOST:PORT ...` when it accepts
/// @param java whether it is a JVM, which can be asked for its heap and what it allocates
/// @param missing why it cannot run here; empty when it can
record Peer(String name, String about, List<String> command, boolean java, String missing) {

    Peer {
        command = List.copyOf(command);
    }

    boolean runs() {
        return missing.isEmpty();
    }

    Peer named(String other) {
        return new Peer(other, about, command, java, missing);
    }

    /// One that cannot run here.
    Peer without(String reason) {
        return new Peer(name, about, command, java, reason);
    }

    /// A JVM with more flags, behind those that all have.
    Peer with(Workbench bench, String... flags) {
        var more = new ArrayList<>(command);
        more.addAll(1 + bench.jvmFlags().size(), List.of(flags));
        return new Peer(name, about, more, java, missing);
    }
}
