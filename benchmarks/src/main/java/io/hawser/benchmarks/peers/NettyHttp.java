package io.hawser.benchmarks.peers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// Bare Netty: its HTTP codec, and a handler that answers each request and flushes once a turn, as in its own
/// examples.
final class NettyHttp {
    private NettyHttp() {}

    static void main(String... arguments) throws InterruptedException, SSLException {
        var asked = PeerArguments.of(arguments);
        var transport = NettyTransport.of(asked.transport());
        Optional<SslContext> tls =
                asked.tls().isPresent() ? Optional.of(tls(asked.tls().get())) : Optional.empty();
        var server = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(asked.threads(), transport.io()))
                .channel(transport.channel())
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var pipeline = channel.pipeline();
                        tls.ifPresent(context -> pipeline.addLast(context.newHandler(channel.alloc())));
                        if (asked.is("http2")) NettyHttp2.add(pipeline);
                        else pipeline.addLast(new HttpServerCodec()).addLast(new NettyAnswers(asked.files()));
                    }
                })
                .bind("127.0.0.1", asked.port())
                .sync()
                .channel();
        PeerArguments.ready(((InetSocketAddress) server.localAddress()).getPort());
        server.closeFuture().sync();
    }

    private static SslContext tls(Path folder) throws SSLException {
        return SslContextBuilder.forServer(
                        folder.resolve(PeerTls.CERTIFICATE).toFile(),
                        folder.resolve(PeerTls.KEY).toFile())
                .build();
    }
}
