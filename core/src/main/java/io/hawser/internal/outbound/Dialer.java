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
import io.hawser.internal.dns.DnsNames;
import io.hawser.internal.http1.Http1ClientSettings;
import io.hawser.internal.io.NettyIoThreads;
import io.hawser.internal.link.IoDispatcher;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.internal.tcp.Connector;
import io.hawser.io.ConnectionLimits;
import io.hawser.io.ExecutionMode;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ConnectConfig;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Opens the connections of one client.
///
/// Thread: safe from any; `connect` blocks.
final class Dialer implements AutoCloseable {
    private static final Duration NEVER = Duration.ofDays(365);
    private static final List<String> ALPN = List.of("http/1.1");

    private final NettyIoThreads threads;
    private final HttpClientConfig config;
    private final LinkGroup links;
    private final DnsNames names;
    private final Connector plain;
    private final Http1ClientSettings settings;

    // Guarded by this; opened with the first https, because the JDK's root certificates take long to load:
    private @Nullable Connector secure;
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

    ClientConnection connect(Origin origin) {
        Connector connector = origin.isSecure() ? secure() : plain;
        Endpoint endpoint = origin.endpoint();
        ConnectTimes times = new ConnectTimes();
        List<? extends SocketAddress> addresses =
                Deadline.within(config.timeouts().dns(), () -> connector.addresses(endpoint));
        times.resolved();
        Http1ClientSettings own = settings.withProxy(connector.readingProxy(endpoint));
        Duration rest = config.connect().timeout().plus(config.timeouts().tls());
        try {
            return Deadline.within(
                    rest,
                    () -> connector.connect(endpoint, addresses, channel -> own.link(links, channel, times), times));
        } catch (ConnectFailed failure) {
            throw late(origin, failure);
        }
    }

    /// Which phase was too long, where that is why it failed.
    private static HawserException late(Origin origin, ConnectFailed failure) {
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
        if (isClosed) throw new IllegalStateException("the client is closed");
        Connector known = secure;
        if (known == null) {
            ConnectConfig connect = resolving(config.connect());
            Tls tls = connect.tls()
                    .orElseGet(Tls::client)
                    .withHandshakeTimeout(config.timeouts().tls());
            known = Connector.ofHttp(threads, connect.withTls(tls), ALPN);
            secure = known;
        }
        return known;
    }

    /// Cuts what is open.
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            if (secure != null) secure.close();
        }
        plain.close();
        var _ = links.drain(CloseReason.NORMAL, Duration.ZERO);
        names.close();
        threads.close();
    }
}
