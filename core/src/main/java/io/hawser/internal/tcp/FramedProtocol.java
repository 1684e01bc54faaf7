package io.hawser.internal.tcp;

import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.io.ConnectionLimits;
import io.hawser.tcp.ConnectionHandler;
import io.hawser.tcp.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// Any [Framing] as a protocol of a server.
public record FramedProtocol<F>(Framing<F> framing, ConnectionLimits limits, ConnectionHandler<F> handler)
        implements ServerProtocol {
    @Override
    public boolean takesAll() {
        return true;
    }

    @Override
    public Match match(ByteBuf first) {
        return Match.YES;
    }

    @Override
    public Service open(NettyIoThreads threads, Door door) {
        LinkGroup group = new LinkGroup(limits, new IoDispatcher(threads, handler.mode()), false, TimeSource.system());
        return new Service() {
            @Override
            public LinkGroup links() {
                return group;
            }

            @Override
            public void serve(Channel channel, @Nullable ByteBuf first) {
                door.settled(channel);
                TcpLink<F> link = new TcpLink<>(group, framing, handler, channel);
                channel.pipeline().addLast(link);
                link.start(first);
            }

            @Override
            public void refuse(Channel channel, ByteBuf first, Refusal why) {
                first.release();
                channel.close();
            }
        };
    }
}
