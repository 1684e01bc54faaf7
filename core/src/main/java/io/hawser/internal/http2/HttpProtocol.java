package io.hawser.internal.http2;

import io.hawser.TimeSource;
import io.hawser.http.Filter;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.http1.Http1Link;
import io.hawser.internal.http1.HttpSettings;
import io.hawser.internal.http1.Octets;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.Door;
import io.hawser.internal.tcp.Refusal;
import io.hawser.internal.tcp.ServerProtocol;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP as a protocol of a server. Under TLS, ALPN says which version; otherwise HTTP/2 begins with its preface
/// and HTTP/1.1 with anything else that a method can begin with.
public final class HttpProtocol implements ServerProtocol {
    private static final String H2 = "h2";
    private static final Duration NEVER = Duration.ofDays(365);
    private static final long REFUSAL_LINGER_MILLIS = 1000;

    private final HttpConfig config;
    private final HttpHandler handler;
    private final Optional<Filter> challenge;

    /// @param challenge of requests over the rate of their address
    public HttpProtocol(HttpConfig config, HttpHandler handler, Optional<Filter> challenge) {
        this.challenge = challenge;
        this.config = config;
        this.handler = handler;
    }

    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<String> alpn() {
        return List.of(H2, "http/1.1");
    }

    /// A request begins with a token, and so does the preface.
    @Override
    public Match match(ByteBuf first) {
        if (!Octets.isToken(first.getByte(first.readerIndex()))) return Match.NO;
        return FrameReader.mayBegin(first) && !FrameReader.begins(first) ? Match.MAYBE : Match.YES;
    }

    @Override
    public boolean usesReserve() {
        return true;
    }

    @Override
    public HttpHandler handler() {
        return handler;
    }

    @Override
    public Service open(NettyIoThreads threads, Door door) {
        HttpEngine engine = new HttpEngine(handler, challenge, config, threads::dispatch, door);
        HttpSettings settings = HttpSettings.of(config, engine, door);
        LinkGroup group = group(threads);
        return new Service() {
            @Override
            public LinkGroup links() {
                return group;
            }

            @Override
            public Optional<Sessions> streams() {
                return Optional.of(engine.streams());
            }

            @Override
            public void beginDrain(CloseReason reason) {
                group.beginDrain(reason);
                engine.streams().close(() -> reason.withRetryAfter(pause()));
            }

            @Override
            public void serve(Channel channel, @Nullable ByteBuf first) {
                if (isHttp2(channel, first)) Http2Link.serve(group, settings, channel, first);
                else Http1Link.serve(group, settings, channel, first);
            }

            @Override
            public void refuse(Channel channel, ByteBuf first, Refusal why) {
                byte[] last = isHttp2(channel, first) ? Http2Refusal.of(settings, first, why) : Http1Link.refusal(why);
                first.release();
                channel.writeAndFlush(Unpooled.wrappedBuffer(last));
                channel.eventLoop().schedule(() -> channel.close(), REFUSAL_LINGER_MILLIS, TimeUnit.MILLISECONDS);
            }
        };
    }

    /// After which one stream comes back: browsers would all do so after the same time.
    private static Duration pause() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(1_000, 5_000));
    }

    private static boolean isHttp2(Channel channel, @Nullable ByteBuf first) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        return tls == null ? first != null && FrameReader.begins(first) : H2.equals(tls.applicationProtocol());
    }

    /// Heads and bodies have clocks of their own, so no frame times out.
    private LinkGroup group(NettyIoThreads threads) {
        ConnectionLimits limits = ConnectionLimits.defaults()
                .withIdleTimeout(config.idleTimeout())
                .withStallTimeout(config.stallTimeout())
                .withFrameTimeout(NEVER);
        return new LinkGroup(limits, new IoDispatcher(threads, ExecutionMode.EVENT_LOOP), false, TimeSource.system());
    }
}
