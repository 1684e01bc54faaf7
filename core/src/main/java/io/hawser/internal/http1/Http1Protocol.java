package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.Rejected;
import io.hawser.TimeSource;
import io.hawser.http.Filter;
import io.hawser.http.HttpConfig;
import io.hawser.http.HttpHandler;
import io.hawser.http.Problem;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.HttpEngine;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.Door;
import io.hawser.internal.tcp.Refusal;
import io.hawser.internal.tcp.ServerProtocol;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// HTTP/1.1 as a protocol of a server.
public final class Http1Protocol implements ServerProtocol {
    private static final Duration NEVER = Duration.ofDays(365);
    private static final long REFUSAL_LINGER_MILLIS = 1000;
    private static final byte[] FULL = refusal(Problem.of(new Rejected("too many connections", Duration.ofSeconds(1))));
    private static final byte[] TOO_OFTEN =
            refusal(Problem.of(Status.TOO_MANY_REQUESTS, "too many new connections from one address")
                    .withRetryAfter(Duration.ofSeconds(1)));

    private final HttpConfig config;
    private final HttpHandler handler;
    private final Optional<Filter> challenge;

    /// @param challenge of requests over the rate of their address
    public Http1Protocol(HttpConfig config, HttpHandler handler, Optional<Filter> challenge) {
        this.challenge = challenge;
        this.config = config;
        this.handler = handler;
    }

    @Override
    public List<String> alpn() {
        return List.of("http/1.1");
    }

    /// A request begins with a token.
    @Override
    public Match match(ByteBuf first) {
        return Octets.isToken(first.getByte(first.readerIndex())) ? Match.YES : Match.NO;
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
        Http1Settings settings = Http1Settings.of(config, engine, door);
        LinkGroup group = group(threads);
        return new Service() {
            @Override
            public LinkGroup links() {
                return group;
            }

            @Override
            public void serve(Channel channel, @Nullable ByteBuf first) {
                Http1Link link = new Http1Link(group, settings, channel);
                channel.pipeline().addLast(link);
                link.start(first);
            }

            @Override
            public void refuse(Channel channel, ByteBuf first, Refusal why) {
                first.release();
                channel.writeAndFlush(Unpooled.wrappedBuffer(why == Refusal.FULL ? FULL : TOO_OFTEN));
                channel.eventLoop().schedule(() -> channel.close(), REFUSAL_LINGER_MILLIS, TimeUnit.MILLISECONDS);
            }
        };
    }

    /// Heads and bodies have clocks of their own, so no frame times out.
    private LinkGroup group(NettyIoThreads threads) {
        ConnectionLimits limits = ConnectionLimits.defaults()
                .withIdleTimeout(config.idleTimeout())
                .withStallTimeout(config.stallTimeout())
                .withFrameTimeout(NEVER);
        return new LinkGroup(limits, new IoDispatcher(threads, ExecutionMode.EVENT_LOOP), false, TimeSource.system());
    }

    /// What one connection too many is told, whatever it asks.
    private static byte[] refusal(Problem problem) {
        Response response = problem.response();
        Bytes content = response.body().bytes();
        String head = "HTTP/1.1 " + problem.status() + " " + Status.phrase(problem.status()) + "\r\nContent-Length: "
                + content.size() + "\r\n"
                + "Connection: close\r\n";
        byte[] fields = EncodedFields.of(response.headers()).lines();
        return Bytes.concat(Bytes.ofUtf8(head), Bytes.wrap(fields), Bytes.ofUtf8("\r\n"), content)
                .toArray();
    }
}
