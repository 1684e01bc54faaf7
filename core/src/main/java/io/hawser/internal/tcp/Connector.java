package io.hawser.internal.tcp;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.ReadBuffers;
import io.hawser.internal.tls.ClientTls;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.HttpProxy;
import io.hawser.tcp.Proxy;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Opens connections: names, addresses one after another, TLS, and a [Link] that takes the channel over.
///
/// Thread: safe from any; `connect` blocks.
public final class Connector implements AutoCloseable {
    private static final Pattern AROUND = Pattern.compile("^.*failed with error\\(-?[0-9]+\\): ");

    private final NettyIoThreads threads;
    private final ConnectConfig config;
    private final @Nullable ClientTls tls;
    private final boolean isHttp;

    private Connector(NettyIoThreads threads, ConnectConfig config, List<String> alpn, boolean isHttp) {
        this.threads = threads;
        this.isHttp = isHttp;
        this.config = config;
        this.tls = config.tls().map(settings -> ClientTls.open(settings, alpn)).orElse(null);
    }

    /// @throws io.hawser.StartupFailed if the TLS settings cannot be used
    static Connector open(NettyIoThreads threads, ConnectConfig config) {
        return new Connector(threads, config, List.of(), false);
    }

    public static Connector open(NettyIoThreads threads, ConnectConfig config, List<String> alpn) {
        return new Connector(threads, config, alpn, false);
    }

    /// A connector whose links speak HTTP, so that a proxy of HTTP may read what is not encrypted.
    public static Connector ofHttp(NettyIoThreads threads, ConnectConfig config, List<String> alpn) {
        return new Connector(threads, config, alpn, true);
    }

    /// Connects to the address of `endpoint` that accepts first, and starts the link on it.
    ///
    /// @throws ConnectFailed if none does; the earlier failures are suppressed ones of the last
    /// @throws DeadlineExceeded at [Deadline#current()]
    /// @throws Cancelled if the thread is interrupted; the flag stays set
    /// @throws IllegalStateException on an event loop, which may be the one that has to connect
    public <L extends Link> L connect(Endpoint endpoint, Function<Channel, L> links) {
        if (IoLoop.isCurrent()) throw new IllegalStateException("connecting waits, so it is refused on an event loop");
        return connect(endpoint, addresses(endpoint), links, new ConnectTimes());
    }

    /// Where to connect to for `endpoint`, best first: its own addresses, or those of its proxy.
    ///
    /// Errors: those of [Endpoint#resolve()]
    public List<? extends SocketAddress> addresses(Endpoint endpoint) {
        return threads.addresses(reached(endpoint), config.resolver());
    }

    /// As [#connect(Endpoint, Function)], to `addresses`.
    ///
    /// @param times is told when which phase has ended
    public <L extends Link> L connect(
            Endpoint endpoint,
            List<? extends SocketAddress> addresses,
            Function<Channel, L> links,
            ConnectTimes times) {
        CompletableFuture<L> started = new CompletableFuture<>();
        HappyEyeballs race = new HappyEyeballs(channel -> {
            times.connected();
            opened(channel, endpoint, links, started, times);
        });
        Bootstrap bootstrap = bootstrap(endpoint, race);
        List<ConnectFailed> failures = new ArrayList<>();
        try {
            long nanos = Math.max(0, Deadline.current().remainingNanos());
            boolean hasWon = race.run(
                    bootstrap::connect,
                    addresses,
                    nanos,
                    (address, cause) -> failures.addFirst(failed(endpoint, address, cause)));
            if (!hasWon) throw allFailed(endpoint, failures);
            return await(started, endpoint);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(race, started);
            throw new Cancelled("interrupted while connecting to " + endpoint, Processed.NO, e);
        } catch (TimeoutException e) {
            giveUp(race, started);
            throw new DeadlineExceeded("a connection to " + endpoint, Processed.NO);
        }
    }

    private static ConnectFailed allFailed(Endpoint endpoint, List<ConnectFailed> failures) {
        if (failures.isEmpty()) return new ConnectFailed(endpoint + " has no address", null);
        ConnectFailed last = failures.getFirst();
        failures.stream().skip(1).forEach(last::addSuppressed);
        return last;
    }

    private static void giveUp(HappyEyeballs race, CompletableFuture<?> started) {
        started.cancel(false);
        race.abandon();
    }

    private Bootstrap bootstrap(Endpoint endpoint, HappyEyeballs race) {
        Bootstrap bootstrap = new Bootstrap()
                .group(threads.group())
                .channelFactory(threads.clientChannels(reached(endpoint)))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        ReadBuffers.install(channel);
                        if (proxy(endpoint).isEmpty()) secure(channel, endpoint);
                        channel.pipeline().addLast(race.handler());
                    }
                });
        ChannelOptions.apply(config.socket(), reached(endpoint), threads.transport(), bootstrap::option);
        return bootstrap;
    }

    private <L extends Link> void opened(
            Channel channel,
            Endpoint endpoint,
            Function<Channel, L> links,
            CompletableFuture<L> started,
            ConnectTimes times) {
        Proxy proxy = proxy(endpoint).orElse(null);
        if (proxy == null || readingProxy(endpoint).isPresent()) {
            secured(endpoint, channel, links, started, times);
            return;
        }
        Future<Channel> tunnel = Tunnel.open(channel, proxy, endpoint, timeoutMillis());
        tunnel.addListener(opened -> {
            if (opened.isSuccess()) {
                times.secured();
                secure(channel, endpoint);
                secured(endpoint, channel, links, started, times);
            } else {
                started.completeExceptionally(opened.cause());
            }
        });
    }

    /// The proxy for `endpoint`, if it is not connected to directly.
    private Optional<Proxy> proxy(Endpoint endpoint) {
        return config.proxy().filter(proxy -> !Bypass.covers(config.noProxy(), endpoint));
    }

    /// The proxy that reads the requests to `endpoint` itself, and so wants whole targets.
    public Optional<HttpProxy> readingProxy(Endpoint endpoint) {
        Proxy proxy = isHttp && tls == null ? proxy(endpoint).orElse(null) : null;
        return proxy instanceof HttpProxy http ? Optional.of(http) : Optional.empty();
    }

    /// Where the connection itself goes.
    private Endpoint reached(Endpoint endpoint) {
        return proxy(endpoint).map(Proxy::endpoint).orElse(endpoint);
    }

    private void secure(Channel channel, Endpoint endpoint) {
        ClientTls client = tls;
        if (client == null) return;
        SslHandler handler = client.newHandler(channel.alloc(), endpoint);
        handler.setHandshakeTimeoutMillis(Math.min(handler.getHandshakeTimeoutMillis(), timeoutMillis()));
        channel.pipeline().addLast(handler, new QuietFailure());
    }

    /// At least 1: to Netty 0 is no limit.
    private int timeoutMillis() {
        return Math.clamp(config.timeout().toMillis(), 1, Integer.MAX_VALUE);
    }

    private static ConnectFailed failed(Endpoint endpoint, SocketAddress address, Throwable cause) {
        Endpoint at = address instanceof InetSocketAddress ? Addresses.endpoint(address) : endpoint;
        String where = at.toString().equals(endpoint.toString()) ? "" : " at " + at;
        return new ConnectFailed("cannot connect to " + endpoint + where + ": " + reason(address, cause), cause);
    }

    /// What the system says, without what the transport says around it.
    private static String reason(SocketAddress address, Throwable cause) {
        String said = AROUND.matcher(String.valueOf(cause.getMessage())).replaceFirst("");
        String suffix = ": " + address;
        return said.endsWith(suffix) ? said.substring(0, said.length() - suffix.length()) : said;
    }

    private <L extends Link> void secured(
            Endpoint endpoint,
            Channel channel,
            Function<Channel, L> links,
            CompletableFuture<L> started,
            ConnectTimes times) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            start(channel, links, started);
            return;
        }
        handler.handshakeFuture().addListener(done -> {
            ClientTls client = tls;
            if (done.isSuccess()
                    && client != null
                    && !client.hasPinnedKey(handler.engine().getSession())) {
                started.completeExceptionally(
                        new ConnectFailed("TLS with " + endpoint + " failed: no key of its chain is pinned", null));
                channel.close();
            } else if (done.isSuccess()) {
                times.secured();
                start(channel, links, started);
            } else {
                started.completeExceptionally(ClientTls.failure(endpoint, done.cause()));
                channel.close();
            }
        });
    }

    private static <L extends Link> void start(
            Channel channel, Function<Channel, L> links, CompletableFuture<L> started) {
        try {
            if (channel.pipeline().get(QuietFailure.class) != null)
                channel.pipeline().remove(QuietFailure.class);
            L link = links.apply(channel);
            channel.pipeline().addLast(link);
            link.start(null);
            if (!started.complete(link)) link.abortWith(CloseReason.NORMAL);
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            channel.close();
        }
    }

    private static <L> L await(CompletableFuture<L> started, Endpoint endpoint)
            throws InterruptedException, TimeoutException {
        try {
            return started.get(Math.max(0, Deadline.current().remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectFailed failed) throw failed;
            throw new ConnectFailed("cannot connect to " + endpoint + ": " + e.getCause(), e.getCause());
        }
    }

    /// Keeps what a failed handshake throws from the log: whoever connects is told of it.
    private static final class QuietFailure extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            ctx.close();
        }
    }

    @Override
    public void close() {
        if (tls != null) tls.close();
    }
}
