package io.hawser.internal.outbound;

import io.hawser.ConnectFailed;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.Resolver;
import io.hawser.TimeSource;
import io.hawser.Tls;
import io.hawser.http.HttpClientConfig;
import io.hawser.http.HttpVersion;
import io.hawser.internal.dns.DnsNames;
import io.hawser.internal.http1.Http1ClientLink;
import io.hawser.internal.http1.Http1ClientSettings;
import io.hawser.internal.http2.Http2ClientLink;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.internal.tcp.Connector;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ConnectConfig;
import io.netty.channel.Channel;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Opens the connections of one client.
///
/// Thread: safe from any; `connect` blocks.
final class Dialer implements AutoCloseable {
    private static final Duration NEVER = Duration.ofDays(365);
    private static final String H2 = "h2";
    private static final String HTTP_1_1 = "http/1.1";

    private final NettyIoThreads threads;
    private final HttpClientConfig config;
    private final LinkGroup links;
    private final DnsNames names;
    private final Connector plain;
    private final Http1ClientSettings settings;
    private final SharedLinks shared = new SharedLinks();

    // Guarded by this; opened with the first https, because the JDK's root certificates take long to load:
    private @Nullable Connector secure;
    private @Nullable Connector upgrading;
    private boolean isClosed;

    Dialer(NettyIoThreads threads, HttpClientConfig config) {
        this.threads = threads;
        this.config = config;
        // The pool knows which connection is idle, and the link when an answer is.
        ConnectionLimits limits = ConnectionLimits.defaults()
                .withIdleTimeout(NEVER)
                .withFrameTimeout(NEVER)
                .withStallTimeout(config.timeouts().writeStall());
        this.links =
                new LinkGroup(limits, new IoDispatcher(threads, ExecutionMode.EVENT_LOOP), false, TimeSource.system());
        this.names = new DnsNames(threads, Optional.empty());
        this.plain = Connector.ofHttp(threads, resolving(config.connect()).withoutTls(), List.of());
        this.settings = new Http1ClientSettings(
                config.maxHeadBytes(), config.timeouts().idle().toNanos(), Optional.empty());
    }

    private ConnectConfig resolving(ConnectConfig connect) {
        return connect.resolver().equals(Resolver.dns()) ? connect.withResolver(names.cache()) : connect;
    }

    /// How long opening one connection may take at most.
    Duration longest() {
        return config.timeouts()
                .dns()
                .plus(config.connect().timeout())
                .plus(config.timeouts().tls());
    }

    /// A connection of its own, or room on one that makes many calls at once.
    ClientConnection connect(OriginServer origin) throws InterruptedException {
        ClientConnection room = shared.room(origin);
        if (room != null) return room;
        Connector connector = origin.isSecure() ? secure() : plain;
        Link link = open(origin, connector, (channel, times) -> link(origin, connector, channel, times));
        if (link instanceof Http1ClientLink own) return own;
        return shared.add(origin, (Http2ClientLink) link, config.timeouts().tls());
    }

    /// One for a single call of HTTP/1.1, which may end in another protocol.
    Http1ClientLink connectAlone(OriginServer origin) throws InterruptedException {
        Connector connector = origin.isSecure() ? upgrading() : plain;
        return (Http1ClientLink) open(origin, connector, (channel, times) -> http1(origin, connector, channel, times));
    }

    private Link open(OriginServer origin, Connector connector, BiFunction<Channel, ConnectTimes, Link> protocol)
            throws InterruptedException {
        Endpoint endpoint = origin.endpoint();
        ConnectTimes times = new ConnectTimes();
        List<? extends SocketAddress> addresses =
                Deadline.within(config.timeouts().dns(), () -> connector.addresses(endpoint));
        times.resolved();
        Duration rest = config.connect().timeout().plus(config.timeouts().tls());
        try {
            return Deadline.within(
                    rest,
                    () -> connector.connect(endpoint, addresses, channel -> protocol.apply(channel, times), times));
        } catch (ConnectFailed failure) {
            throw late(origin, failure);
        }
    }

    /// Thread: the event loop of `channel`.
    private Link link(OriginServer origin, Connector connector, Channel channel, ConnectTimes times) {
        boolean offers2 = config.versions().contains(HttpVersion.HTTP_2);
        boolean offers1 = config.versions().contains(HttpVersion.HTTP_1_1);
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        boolean isChosen = tls != null && H2.equals(tls.applicationProtocol());
        if (isChosen || (tls == null && offers2 && !offers1)) {
            return new Http2ClientLink(links, channel, times, bounds());
        }
        if (!offers1) throw new ConnectFailed(origin + " does not speak HTTP/2", null);
        return http1(origin, connector, channel, times);
    }

    private Link http1(OriginServer origin, Connector connector, Channel channel, ConnectTimes times) {
        return settings.withProxy(connector.readingProxy(origin.endpoint())).link(links, channel, times);
    }

    /// With an age of its own, so that connections which were opened together do not end together.
    private Http2ClientLink.Bounds bounds() {
        long age = config.pool().age().toNanos();
        long jitter = (long)
                (age * OriginPool.AGE_JITTER * ThreadLocalRandom.current().nextDouble());
        return new Http2ClientLink.Bounds(config.maxHeadBytes(), settings.idleNanos(), age - jitter);
    }

    private List<String> alpn() {
        boolean offers2 = config.versions().contains(HttpVersion.HTTP_2);
        if (!config.versions().contains(HttpVersion.HTTP_1_1)) return List.of(H2);
        return offers2 ? List.of(H2, HTTP_1_1) : List.of(HTTP_1_1);
    }

    /// Which phase was too long, where that is why it failed.
    private static HawserException late(OriginServer origin, ConnectFailed failure) {
        String phase = switch (failure.getCause()) {
            case ConnectTimeoutException _ -> "a connection to ";
            case SslHandshakeTimeoutException _ -> "the TLS handshake with ";
            case null, default -> "";
        };
        if (phase.isEmpty()) return failure;
        DeadlineExceeded late = new DeadlineExceeded(phase + origin, Processed.NO);
        late.addSuppressed(failure);
        return late;
    }

    private synchronized Connector secure() {
        Connector known = secure;
        if (known == null) {
            known = tls(alpn());
            secure = known;
        }
        return known;
    }

    private synchronized Connector upgrading() {
        Connector known = upgrading;
        if (known == null) {
            known = tls(List.of(HTTP_1_1));
            upgrading = known;
        }
        return known;
    }

    private Connector tls(List<String> protocols) {
        if (isClosed) throw new IllegalStateException("the client is closed");
        ConnectConfig connect = resolving(config.connect());
        Tls tls = connect.tls()
                .orElseGet(Tls::client)
                .withHandshakeTimeout(config.timeouts().tls());
        return Connector.ofHttp(threads, connect.withTls(tls), protocols);
    }

    /// Cuts what is open.
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            if (secure != null) secure.close();
            if (upgrading != null) upgrading.close();
        }
        plain.close();
        var _ = links.drain(CloseReason.NORMAL, Duration.ZERO);
        names.close();
        threads.close();
    }
}
