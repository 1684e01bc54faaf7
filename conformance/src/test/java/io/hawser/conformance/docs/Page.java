package io.hawser.conformance.docs;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of the documentation. Each port that it names is another one here, which is free.
///
/// @param ports in place of those that are written
record Page(String name, List<Block> blocks, Map<String, String> ports) {
    private static final Pattern PORT = Pattern.compile(
            "(?<=127\\.0\\.0\\.1:|127\\.0\\.0\\.1\", |-p |localhost:|/127.0.0.1/|--port |check port |[ ]:)(\\d{4})\\b");
    /// What stands here for a service of somebody else.
    private static final String ELSEWHERE = "http://127.0.0.1:8099";

    /// Where `serve` listens if nobody says where.
    static final String USUAL_PORT = "9000";

    static Page read(Path folder, Path file) throws IOException {
        String text = Files.readString(file).replace("https://api.example.org", ELSEWHERE);
        Map<String, String> ports = new HashMap<>();
        List<ServerSocket> taken = new ArrayList<>();
        List<String> named = new ArrayList<>(List.of(USUAL_PORT));
        PORT.matcher(text).results().forEach(port -> named.add(port.group(1)));
        for (String port : named) {
            if (ports.containsKey(port)) continue;
            ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            taken.add(free);
            ports.put(port, Integer.toString(free.getLocalPort()));
        }
        for (ServerSocket each : taken) each.close();
        return new Page(folder.relativize(file).toString(), Block.of(text), ports);
    }

    /// With the ports that are free.
    String here(String content) {
        Matcher port = PORT.matcher(content);
        return port.replaceAll(found -> ports.getOrDefault(found.group(1), found.group(1)));
    }

    List<Block> snippets() {
        return blocks.stream()
                .filter(each -> each.isSnippet() && !each.isHidden())
                .toList();
    }

    boolean hasShell() {
        return blocks.stream().anyMatch(Block::isShell);
    }

    /// Whether a command of it is that program of somebody else.
    boolean calls(String program) {
        Pattern word = Pattern.compile("(?m)(^|[ (!|])" + Pattern.quote(program) + " ");
        return blocks.stream()
                .anyMatch(each -> each.isShell() && word.matcher(each.content()).find());
    }

    String className() {
        return "Page_" + name.replaceAll("\\W", "_");
    }

    @Override
    public String toString() {
        return name;
    }
}
