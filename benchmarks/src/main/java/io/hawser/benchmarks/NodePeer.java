package io.hawser.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Node's `ws`, where Node and that module are installed.
final class NodePeer {
    /// Where Debian's packages of modules are, which a Node from elsewhere does not look at by itself.
    private static final Path DEBIAN = Path.of("/usr/share/nodejs");

    private NodePeer() {}

    /// @param mode what the server does with a message: echo or deflate
    static Peer of(Path home, String name, String mode) throws InterruptedException {
        var node = new ArrayList<String>();
        if (System.getenv("NODE_PATH") == null && Files.isDirectory(DEBIAN)) {
            node.addAll(List.of("env", "NODE_PATH=" + DEBIAN));
        }
        node.add("node");
        var command = new ArrayList<>(node);
        command.addAll(
                List.of(home.resolve("benchmarks/native/ws_server.js").toString(), "--port", "0", "--mode", mode));
        var missing = missing(node);
        return new Peer(
                name, "Node's ws, " + mode + (missing.isEmpty() ? versions(node) : ""), command, false, missing);
    }

    private static String versions(List<String> node) throws InterruptedException {
        var asked = new ArrayList<>(node);
        asked.addAll(List.of("-p", "require('ws/package.json').version"));
        return " (" + Versions.ofProgram(asked.toArray(String[]::new)) + ", Node "
                + Versions.ofProgram("node", "--version") + ")";
    }

    private static String missing(List<String> node) throws InterruptedException {
        if (!Workbench.has("node")) return "no node on the path";
        var asked = new ArrayList<>(node);
        asked.addAll(List.of("-e", "require('ws')"));
        try {
            Workbench.run(asked.toArray(String[]::new));
            return "";
        } catch (IOException e) {
            return "Node has no module ws; NODE_PATH says where to look";
        }
    }
}
