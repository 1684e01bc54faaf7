package io.hawser.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which version of what is compared: of libraries by the names of their jars, of programs by what they say.
final class Versions {
    private static final Pattern IN_OUTPUT = Pattern.compile("\\bv?([0-9]+\\.[0-9]+[0-9A-Za-z.+-]*)");
    /// What the classes of peers begin with, and the artifact that they are about.
    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("Netty", "netty-transport"),
            Map.entry("Vertx", "vertx-core"),
            Map.entry("Undertow", "undertow-core"),
            Map.entry("Helidon", "helidon-webserver"),
            Map.entry("Jetty", "jetty-server"),
            Map.entry("Armeria", "armeria"),
            Map.entry("Reactor", "reactor-netty-http"),
            Map.entry("MicroHttp", "microhttp"),
            Map.entry("JavaWebSocket", "Java-WebSocket"),
            Map.entry("SocketIo", "netty-socketio"),
            Map.entry("Grpc", "grpc-core"),
            Map.entry("RSocket", "rsocket-core"),
            Map.entry("Stomp", "spring-websocket"),
            Map.entry("OkHttp", "okhttp-jvm"),
            Map.entry("Apache", "httpclient5"));

    /// The jars of this process, those in the manifest of the first among them.
    private static final List<String> CLASS_PATH = classPath();

    private Versions() {}

    /// Of the library that a class of this module is about; empty where that is the JVM, which the report
    /// names anyway, or ours.
    static String ofPeer(String simpleName) {
        return ARTIFACTS.entrySet().stream()
                .filter(entry -> simpleName.startsWith(entry.getKey()))
                .findFirst()
                .flatMap(entry -> ofJar(entry.getValue(), CLASS_PATH.stream()))
                .orElse("");
    }

    /// The version in the name of an artifact's jar.
    static Optional<String> ofJar(String artifact, Stream<String> jars) {
        var pattern = Pattern.compile("(?:.*/)?" + Pattern.quote(artifact) + "-([0-9].*)\\.jar");
        return jars.map(pattern::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /// What a program calls itself when asked; empty where it does not say.
    static String ofProgram(String... command) throws InterruptedException {
        try {
            return inOutput(Workbench.run(command));
        } catch (IOException e) {
            return "";
        }
    }

    static String inOutput(String said) {
        var found = IN_OUTPUT.matcher(said);
        return found.find() ? found.group(1) : "";
    }

    private static List<String> classPath() {
        var path = System.getProperty("java.class.path").split(File.pathSeparator, -1);
        return Stream.concat(Stream.of(path), inManifest(Path.of(path[0]))).toList();
    }

    private static Stream<String> inManifest(Path file) {
        if (!Files.isRegularFile(file)) return Stream.empty();
        try (var jar = new JarFile(file.toFile())) {
            var manifest = jar.getManifest();
            if (manifest == null) return Stream.empty();
            var listed = manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            return listed == null ? Stream.empty() : Stream.of(listed.split(" ", -1));
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
