package io.hawser.benchmarks.peers;

import java.nio.file.Path;
import java.util.Optional;

/// What every peer is told on its command line.
///
/// @param port 0 takes a free one
/// @param threads event loops, or carriers of virtual threads
/// @param transport epoll, io_uring or nio, for those that have a choice
/// @param mode of those that can do several things: echo, deflate or broadcast; virtual threads; http2;
///     which program
/// @param files the folder of the static files
/// @param tls the folder of certificate and key, for those that serve TLS
/// @param upstream of a proxy: host and port
record PeerArguments(
        int port, int threads, String transport, String mode, Path files, Optional<Path> tls, String upstream) {

    static PeerArguments of(String... arguments) {
        var read = new PeerArguments(0, 1, "epoll", "echo", Path.of("."), Optional.empty(), "");
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            read = read.with(arguments[i], arguments[i + 1]);
        }
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(arguments[arguments.length - 1] + " has no value");
        }
        return read;
    }

    private PeerArguments with(String name, String value) {
        return switch (name) {
            case "--port" -> new PeerArguments(Integer.parseInt(value), threads, transport, mode, files, tls, upstream);
            case "--threads" -> new PeerArguments(port, Integer.parseInt(value), transport, mode, files, tls, upstream);
            case "--transport" -> new PeerArguments(port, threads, value, mode, files, tls, upstream);
            case "--mode" -> new PeerArguments(port, threads, transport, value, files, tls, upstream);
            case "--files" -> new PeerArguments(port, threads, transport, mode, Path.of(value), tls, upstream);
            case "--tls" ->
                new PeerArguments(port, threads, transport, mode, files, Optional.of(Path.of(value)), upstream);
            case "--upstream" -> new PeerArguments(port, threads, transport, mode, files, tls, value);
            default -> throw new IllegalArgumentException("unknown option " + name);
        };
    }

    boolean is(String asked) {
        return mode.equals(asked);
    }

    /// Tells the harness where to connect.
    static void ready(int port) {
        System.out.println("ready " + port);
        System.out.flush();
    }
}
