package io.hawser.internal.tcp;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException.Processed;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.Link;
import io.hawser.internal.tls.ClientTls;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ConnectConfig;
import io.hawser.tcp.HttpProxy;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Opens connections: names, addresses one after another, TLS, and a [Link] that takes the channel over.
///
/// Thread: safe from any; `connect` blocks.
public final class Connector implements AutoCloseable {
    private final NettyIoThreads threads;
    private final ConnectConfig config;
    private final @Nullable ClientTls tls;

    private Connector(NettyIoThreads threads, ConnectConfig config, List<String> alpn) {
        this.threads = threads;
        this.config = config;
        this.tls = config.tls().map(settings -> ClientTls.open(settings, alpn)).orElse(null);
    }

    /// @throws io.hawser.StartupFailed if the TLS settings cannot be used
    static Connector open(NettyIoThreads threads, ConnectConfig config) {
        return new Connector(threads, config, List.of());
    }

    public static Connector open(NettyIoThreads threads, ConnectConfig config, List<String> alpn) {
        return new Connector(threads, config, alpn);
    }

    /// Connects to the first address of `endpoint` that accepts, and starts the link on it.
    ///
    /// @throws ConnectFailed if none does; the earlier failures are suppressed ones of the last
    /// @throws DeadlineExceeded at [Deadline#current()]
    /// @throws Cancelled if the thread is interrupted; the flag stays set
    public <L extends Link> L connect(Endpoint endpoint, Function<Channel, L> links) {
        ConnectFailed failure = null;
        for (SocketAddress address : threads.addresses(reached(endpoint))) {
            try {
                return connect(endpoint, address, links);
            } catch (ConnectFailed e) {
                if (failure != null) e.addSuppressed(failure);
                failure = e;
            }
        }
        throw failure == null ? new ConnectFailed(endpoint + " has no address", null) : failure;
    }

    private <L extends Link> L connect(Endpoint endpoint, SocketAddress address, Function<Channel, L> links) {
        CompletableFuture<L> started = new CompletableFuture<>();
        Bootstrap bootstrap = new Bootstrap()
                .group(threads.group())
                .channelFactory(threads.clientChannels(reached(endpoint)))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutMillis())
                .handler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (config.proxy().isEmpty()) secure(channel, endpoint);
                    }
                });
        ChannelOptions.apply(config.socket(), reached(endpoint), threads.transport(), bootstrap::option);
        Channel channel = bootstrap
                .connect(address)
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        started.completeExceptionally(failed(endpoint, address, connected.cause()));
                    } else if (config.proxy().isPresent()) {
                        tunnelled(endpoint, config.proxy().get(), connected.channel(), links, started);
                    } else {
                        secured(endpoint, connected.channel(), links, started);
                    }
                })
                .channel();
        try {
            return await(started, endpoint);
        } catch (RuntimeException e) {
            started.cancel(false);
            channel.close();
            throw e;
        }
    }

    /// Where the connection itself goes.
    private Endpoint reached(Endpoint endpoint) {
        return config.proxy().map(HttpProxy::endpoint).orElse(endpoint);
    }

    private void secure(Channel channel, Endpoint endpoint) {
        ClientTls client = tls;
        if (client == null) return;
        SslHandler handler = client.newHandler(channel.alloc(), endpoint);
        handler.setHandshakeTimeoutMillis(Math.min(handler.getHandshakeTimeoutMillis(), timeoutMillis()));
        channel.pipeline().addLast(handler);
    }

    private <L extends Link> void tunnelled(
            Endpoint endpoint,
            HttpProxy proxy,
            Channel channel,
            Function<Channel, L> links,
            CompletableFuture<L> started) {
        ProxyTunnel.open(channel, proxy, endpoint, timeoutMillis()).addListener(opened -> {
            if (!opened.isSuccess()) {
                started.completeExceptionally(opened.cause());
                return;
            }
            secure(channel, endpoint);
            secured(endpoint, channel, links, started);
        });
    }

    /// At least 1: to Netty 0 is no limit.
    private int timeoutMillis() {
        return Math.clamp(config.timeout().toMillis(), 1, Integer.MAX_VALUE);
    }

    private static ConnectFailed failed(Endpoint endpoint, SocketAddress address, Throwable cause) {
        return new ConnectFailed("cannot connect to " + endpoint + " at " + address + ": " + cause.getMessage(), cause);
    }

    private <L extends Link> void secured(
            Endpoint endpoint, Channel channel, Function<Channel, L> links, CompletableFuture<L> started) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            start(channel, links, started);
            return;
        }
        handler.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
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
            L link = links.apply(channel);
            channel.pipeline().addLast(link);
            link.start(null);
            if (!started.complete(link)) link.abortWith(CloseReason.NORMAL);
        } catch (RuntimeException e) {
            started.completeExceptionally(e);
            channel.close();
        }
    }

    private static <L> L await(CompletableFuture<L> started, Endpoint endpoint) {
        try {
            return started.get(Math.max(0, Deadline.current().remainingNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while connecting to " + endpoint, Processed.NO, e);
        } catch (TimeoutException e) {
            throw new DeadlineExceeded("a connection to " + endpoint, Processed.NO);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ConnectFailed failed) throw failed;
            throw new ConnectFailed("cannot connect to " + endpoint + ": " + e.getCause(), e.getCause());
        }
    }

    @Override
    public void close() {
        if (tls != null) tls.close();
    }
}
