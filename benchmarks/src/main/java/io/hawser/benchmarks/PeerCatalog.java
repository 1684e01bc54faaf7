package io.hawser.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Every peer of the rows, by name: those of WebSocket and of HTTP have it in theirs, and Hawser is one for all.
final class PeerCatalog {
    /// What runs when nobody names peers.
    static final List<String> DEFAULT = List.of(
            "netty-epoll",
            "netty-io_uring",
            "netty-nio",
            "asio",
            "vertx",
            "jdk-virtual",
            "hawser-epoll",
            "hawser-io_uring",
            "hawser-epoll-virtual");

    private static final String PEERS = "io.hawser.benchmarks.peers.";
    private static final List<String> TRANSPORTS = List.of("epoll", "io_uring", "nio");
    private static final List<String> MODES = List.of("event_loop", "virtual", "loop_carrier");

    private final Map<String, Peer> peers = new LinkedHashMap<>();

    PeerCatalog(Workbench bench) throws IOException, InterruptedException {
        for (var transport : TRANSPORTS) {
            add(jvm(bench, "netty-" + transport, "Netty, frame decoder, " + transport, "NettyEcho", transport));
            var about = "Netty, WebSocketServerProtocolHandler, " + transport;
            add(jvm(bench, "netty-ws-" + transport, about, "NettyWebSocketEcho", transport));
            add(jvm(bench, "netty-http-" + transport, "Netty, HTTP codec, " + transport, "NettyHttp", transport));
        }
        add(jvm(bench, "vertx-ws", "Vert.x WebSocket server", "VertxWebSocketEcho", "epoll"));
        add(jvm(bench, "java-websocket", "Java-WebSocket", "JavaWebSocketEcho", "nio"));
        add(AsioBuild.peer(bench.home()));
        add(jvm(bench, "vertx", "Vert.x net server, record parser", "VertxEcho", "epoll"));
        add(jvm(bench, "vertx-http", "Vert.x HTTP server", "VertxHttp", "epoll"));
        add(jvm(bench, "jdk-virtual", "JDK sockets, virtual threads", "JdkVirtualThreads", "nio"));
        var jar = bench.home().resolve("hub/target/hawser-hub.jar");
        for (var transport : TRANSPORTS) {
            for (var mode : MODES) {
                add(hawser(bench, jar, transport, mode));
            }
        }
    }

    List<Peer> all() {
        return List.copyOf(peers.values());
    }

    Optional<Peer> find(String name) {
        return Optional.ofNullable(peers.get(name));
    }

    private void add(Peer peer) {
        peers.put(peer.name(), peer);
    }

    private static Peer jvm(Workbench bench, String name, String about, String main, String transport) {
        var command = bench.java(PEERS + main, "--port", "0", "--threads", "1", "--transport", transport);
        return new Peer(name, about, command, true, "");
    }

    /// Hawser is run as a user runs it: the hub, with its echo for peers that speak no protocol of its own.
    private static Peer hawser(Workbench bench, Path jar, String transport, String mode) {
        var name = "hawser-" + transport + (mode.equals(MODES.getFirst()) ? "" : "-" + mode);
        var about = "Hawser hub, " + mode + ", " + transport;
        var command = new ArrayList<>(bench.java());
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(List.of("serve", "--port", "0", "--bare", "echo", "--threads", "1"));
        // The row of idle connections opens more than the default allows.
        command.addAll(List.of("--max-connections", Integer.toString(2 * IdleMemory.MANY)));
        command.addAll(List.of("--transport", transport, "--handlers", mode));
        return new Peer(name, about, command, true, Files.isRegularFile(jar) ? "" : "no hub/target/hawser-hub.jar");
    }
}
