package io.hawser.benchmarks;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Where things are and what programs this machine has.
///
/// @param home the root of the source tree
/// @param jvmFlags the flags of every JVM peer, the same for all
/// @param loops event loops of every server
/// @param serverCores the cores that servers are pinned to
/// @param clientCore the core that this process is pinned to
record Workbench(Path home, List<String> jvmFlags, int loops, String serverCores, int clientCore) {
    /// One core means the serial collector; the size leaves the 64 KiB rows room; compact headers are the
    /// launcher's.
    static final String DEFAULT_JVM_FLAGS =
            "-XX:+UseSerialGC -Xms512m -Xmx512m -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED";

    private static final String PEERS = "io.hawser.benchmarks.peers.";
    private static final int COMMAND_SECONDS = 120;

    /// The root of the tree that this class was built in.
    static Path homeOfClasses() {
        try {
            var classes = Path.of(Workbench.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            for (var at = classes; at != null; at = at.getParent()) {
                if (Files.isRegularFile(at.resolve("benchmarks/pom.xml"))) return at;
            }
            return Path.of("").toAbsolutePath();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the location of the classes is no path", e);
        }
    }

    /// A peer in a class of this module.
    ///
    /// @param main its simple name
    /// @param options beside those that every peer has
    Peer peer(String name, String about, String main, String transport, String... options) {
        var command = java(PEERS + main, "--port", "0", "--threads", Integer.toString(loops), "--transport", transport);
        command.addAll(List.of(options));
        var version = Versions.ofPeer(main);
        return new Peer(name, version.isEmpty() ? about : about + " (" + version + ")", command, true, "");
    }

    /// The command of a JVM that runs `main` of this module.
    List<String> java(String main, String... arguments) {
        var command = java();
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main);
        command.addAll(List.of(arguments));
        return command;
    }

    /// The command of a JVM with the common flags, up to what it runs.
    List<String> java() {
        var command = new ArrayList<String>();
        command.add(jdkTool("java"));
        command.addAll(jvmFlags);
        return command;
    }

    static String jdkTool(String name) {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + name;
    }

    /// What goes before a server's command.
    List<String> serverPinning() {
        return has("taskset") ? List.of("taskset", "-c", serverCores) : List.of();
    }

    /// What goes before the command of what a server under test talks to.
    List<String> clientPinning() {
        return has("taskset") ? List.of("taskset", "-c", Integer.toString(clientCore)) : List.of();
    }

    /// Moves all threads of this process to the client's core; false where that cannot be done.
    boolean pinThisProcess() throws IOException, InterruptedException {
        if (!has("taskset")) return false;
        var pid = Long.toString(ProcessHandle.current().pid());
        run("taskset", "-a", "-c", "-p", Integer.toString(clientCore), pid);
        return true;
    }

    /// Whether a program of that name is on the path.
    static boolean has(String program) {
        var path = System.getenv().getOrDefault("PATH", "");
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(path)
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /// What a command prints, errors included; it must end well within two minutes.
    static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end");
        }
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " ended with " + process.exitValue() + ": " + output.strip());
        }
        return output;
    }
}
