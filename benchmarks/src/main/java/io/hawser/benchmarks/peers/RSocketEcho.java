package io.hawser.benchmarks.peers;

import io.netty.channel.ChannelOption;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.frame.decoder.PayloadDecoder;
import io.rsocket.transport.netty.server.TcpServerTransport;
import reactor.core.publisher.Flux;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/// Payloads of a channel sent back, on RSocket over TCP, without copies.
final class RSocketEcho {
    private static final int BACKLOG = 4096;

    private RSocketEcho() {}

    static void main(String... arguments) {
        var asked = PeerArguments.of(arguments);
        var tcp = TcpServer.create()
                .host("127.0.0.1")
                .port(asked.port())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .runOn(LoopResources.create("peer", asked.threads(), true));
        var running = RSocketServer.create(SocketAcceptor.forRequestChannel(Flux::from))
                .payloadDecoder(PayloadDecoder.ZERO_COPY)
                .bindNow(TcpServerTransport.create(tcp));
        PeerArguments.ready(running.address().getPort());
        running.onClose().block();
    }
}
