package io.hawser.benchmarks;

import io.hawser.benchmarks.stream.GrpcStream;
import io.hawser.benchmarks.stream.RSocketChannel;
import io.hawser.hub.bench.MsgiProtocol;
import io.hawser.hub.bench.Protocol;
import java.util.ArrayList;
import java.util.List;

/// Messages both ways on a connection that stays, in what each server speaks: a bidirectional stream of gRPC, a
/// channel of RSocket, frames of MSGI.
final class StreamPeers {
    private static final String GRPC = "grpc";
    private static final String RSOCKET = "rsocket";

    private StreamPeers() {}

    static Family of(Workbench bench) {
        var peers = new ArrayList<Peer>();
        peers.add(bench.peer("netty-epoll", "Netty, frame decoder, epoll", "NettyEcho", "epoll"));
        peers.add(bench.peer(GRPC, "gRPC-Java, a bidirectional stream, direct executor", "GrpcEcho", "epoll"));
        peers.add(bench.peer(RSOCKET, "RSocket over TCP, a channel", "RSocketEcho", "epoll"));
        peers.addAll(HawserPeers.of(bench));
        var rows = List.<Row>of(
                row("stream-64B-w16", 64, 16), row("stream-1KiB-w16", 1 << 10, 16), row("stream-1KiB-w1", 1 << 10, 1));
        var contestants = List.of("netty-epoll", GRPC, RSOCKET, "hawser-epoll", "hawser-epoll-virtual");
        return new Family("stream", peers, rows, contestants);
    }

    private static EchoRow row(String name, int payloadBytes, int window) {
        return new EchoRow(name, EchoRow.Kind.OWN, payloadBytes, window, EchoRow.CONNECTIONS);
    }

    /// What `peer` speaks.
    static Protocol protocol(Peer peer, int payloadBytes) {
        return switch (peer.name()) {
            case GRPC -> new GrpcStream(payloadBytes);
            case RSOCKET -> new RSocketChannel(payloadBytes);
            default -> new MsgiProtocol(payloadBytes);
        };
    }
}
