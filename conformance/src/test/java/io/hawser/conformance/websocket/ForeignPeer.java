package io.hawser.conformance.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Implementations of others, where they are installed.
@SuppressWarnings("ImmutableEnumChecker") // the lists are those of List.of
enum ForeignPeer {
    PYTHON(
            List.of("python3", "/usr/bin/python3"),
            List.of("-c", "import websockets"),
            "python/websocket_peer.py",
            "python3-websockets"),
    NODE(
            List.of("node"),
            List.of("-e", "require(process.env.HAWSER_NODE_WS || 'ws')"),
            "node/websocket_peer.js",
            "node-ws");

    private final List<String> programs;
    private final List<String> probe;
    private final String script;
    private final String name;

    ForeignPeer(List<String> programs, List<String> probe, String script, String name) {
        this.programs = programs;
        this.probe = probe;
        this.script = script;
        this.name = name;
    }

    /// Starts the script.
    Process start(String... arguments) throws Exception {
        for (String program : programs) {
            if (!succeeds(program)) continue;
            List<String> command = new ArrayList<>(List.of(program, script));
            command.addAll(List.of(arguments));
            return built(command).redirectErrorStream(true).start();
        }
        String missing = "WebSocket is not tested with a peer of another: no " + name + " here";
        assertThat(System.getenv("CI")).as(missing).isNotEqualTo("true");
        System.err.println("SKIPPED: " + missing);
        return abort(missing);
    }

    private boolean succeeds(String program) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(probe);
        try {
            Process probing = built(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probing.waitFor(60, TimeUnit.SECONDS) && probing.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /// The modules of the distribution lie where only its own Node looks.
    private static ProcessBuilder built(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putIfAbsent("NODE_PATH", "/usr/share/nodejs");
        return builder;
    }
}
