package io.hawser.internal.messaging;

import io.hawser.TimeSource;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.tcp.Door;
import io.hawser.internal.tcp.Refusal;
import io.hawser.internal.tcp.ServerProtocol;
import io.hawser.messaging.FrameType;
import io.hawser.messaging.MessagingConfig;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.SessionHandler;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// MSGI as a protocol of a server.
public final class MessagingProtocol implements ServerProtocol {
    private static final int MAGIC_BYTES = 4;
    private static final long REFUSAL_LINGER_MILLIS = 1000;

    private final MsgiSettings settings;
    private final SessionHandler handler;
    private final MessagingConfig config;
    private volatile @Nullable SessionRegistry sessions;

    public MessagingProtocol(MessagingConfig config, SessionHandler handler) {
        this.config = config;
        this.handler = handler;
        this.settings = MsgiSettings.of(config);
    }

    /// The sessions, once a server has been started with this protocol.
    public SessionRegistry sessions() {
        SessionRegistry started = sessions;
        if (started == null) throw new IllegalStateException("no server serves this protocol");
        return started;
    }

    @Override
    public SessionHandler handler() {
        return handler;
    }

    @Override
    public List<String> alpn() {
        return List.of("msgi");
    }

    @Override
    public Match match(ByteBuf first) {
        int known = Math.min(first.readableBytes(), MAGIC_BYTES);
        for (int i = 0; i < known; i++) {
            if (first.getByte(first.readerIndex() + i) != (byte) (MsgiFraming.MAGIC >>> (24 - 8 * i))) return Match.NO;
        }
        return known == MAGIC_BYTES ? Match.YES : Match.MAYBE;
    }

    @Override
    public Service open(NettyIoThreads threads, Door door) {
        SessionRegistry registry =
                new SessionRegistry(
                        config.session(),
                        handler,
                        new IoDispatcher(threads, handler.mode()),
                        false,
                        TimeSource.system()) {
                    @Override
                    protected void check(Message message) {
                        var _ = settings.messages().encodedSize(message.size());
                    }

                    @Override
                    protected void opened(Link link) {
                        super.opened(link);
                        door.settled(link.channel());
                    }
                };
        sessions = registry;
        return new Service() {
            @Override
            public LinkGroup links() {
                return registry;
            }

            @Override
            public void serve(Channel channel, @Nullable ByteBuf first) {
                MsgiServerLink link = new MsgiServerLink(registry, settings, channel);
                channel.pipeline().addLast(link);
                link.start(first);
            }

            @Override
            public void refuse(Channel channel, ByteBuf first, Refusal why) {
                first.release();
                ByteBuffer frame = ByteBuffer.allocate(128);
                MsgiFraming.encode(FrameType.DISCONNECT, Goodbye.payload(CloseReason.OVERLOAD), frame);
                channel.writeAndFlush(Unpooled.wrappedBuffer(frame.flip()));
                channel.eventLoop().schedule(() -> channel.close(), REFUSAL_LINGER_MILLIS, TimeUnit.MILLISECONDS);
            }
        };
    }
}
