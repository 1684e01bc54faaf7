package io.hawser.benchmarks.peers;

/// What every peer is told on its command line.
///
/// @param port 0 takes a free one
/// @param threads event loops, or carriers of virtual threads
/// @param transport epoll, io_uring or nio, for those that have a choice
/// @param mode what is done with a message, for those that can do several things: echo, deflate or broadcast
record PeerArguments(int port, int threads, String transport, String mode) {

    static PeerArguments of(String... arguments) {
        var read = new PeerArguments(0, 1, "epoll", "echo");
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
            case "--port" -> new PeerArguments(Integer.parseInt(value), threads, transport, mode);
            case "--threads" -> new PeerArguments(port, Integer.parseInt(value), transport, mode);
            case "--transport" -> new PeerArguments(port, threads, value, mode);
            case "--mode" -> new PeerArguments(port, threads, transport, value);
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
