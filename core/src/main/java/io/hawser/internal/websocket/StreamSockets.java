package io.hawser.internal.websocket;

import io.hawser.Cancelled;
import io.hawser.ConnectFailed;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
import io.hawser.Endpoint;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.TimeSource;
import io.hawser.http.HttpVersion;
import io.hawser.internal.client.Connecting;
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
import io.hawser.websocket.WebSocketConfig;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The connections of a client whose WebSockets may be streams of HTTP/2, each on a connection of its own.
///
/// Over TLS the server chooses the version. One that speaks HTTP/2 and takes no such streams is asked in
/// HTTP/1.1 from then on, where that may be.
///
/// Source: RFC 8441
final class StreamSockets implements AutoCloseable {
    private static final String H2 = "h2";
    private static final String HTTP_1_1 = "http/1.1";
    private static final Duration NEVER = Duration.ofDays(365);
    private static final int MAX_HEAD_BYTES = (64 << 10) - 1;

    private final ConnectConfig connect;
    private final boolean offers1;
    private final ConnectionLimits limits;
    private final Http2ClientLink.Bounds bounds;
    private volatile boolean takesNoStreams;
    // Guarded by this:
    private @Nullable LinkGroup connections;
    private @Nullable Connector http1;

    StreamSockets(ConnectConfig connect, WebSocketConfig config) {
        this.connect = connect;
        this.offers1 = config.versions().contains(HttpVersion.HTTP_1_1);
        // The session on the stream has its own.
        this.limits = ConnectionLimits.defaults()
                .withIdleTimeout(NEVER)
                .withFrameTimeout(NEVER)
                .withStallTimeout(config.session().limits().stallTimeout());
        this.bounds = new Http2ClientLink.Bounds(MAX_HEAD_BYTES, NEVER.toNanos(), Long.MAX_VALUE);
    }

    static List<String> alpn(Set<HttpVersion> versions) {
        if (!versions.contains(HttpVersion.HTTP_2)) return List.of(HTTP_1_1);
        return versions.contains(HttpVersion.HTTP_1_1) ? List.of(H2, HTTP_1_1) : List.of(H2);
    }

    WebSocketClientLink connect(Connecting to, WebSocketClients sockets) {
        if (takesNoStreams) return overHttp1(to, sockets);
        LinkGroup group = connections(to.threads());
        Link link = to.connector()
                .connect(
                        to.endpoint(),
                        channel -> isHttp2(channel, to.endpoint())
                                ? new Http2ClientLink(group, channel, new ConnectTimes(), bounds)
                                : sockets.link(to.sessions(), to.queue(), channel));
        return link instanceof Http2ClientLink connection
                ? overHttp2(to, sockets, connection)
                : (WebSocketClientLink) link;
    }

    private boolean isHttp2(Channel channel, Endpoint endpoint) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        boolean isChosen = tls == null ? !offers1 : H2.equals(tls.applicationProtocol());
        if (!isChosen && !offers1) throw new ConnectFailed(endpoint + " does not speak HTTP/2", null);
        return isChosen;
    }

    private WebSocketClientLink overHttp2(Connecting to, WebSocketClients sockets, Http2ClientLink connection) {
        boolean isTunnelled = false;
        try {
            if (!connection.awaitSettings(nanosLeft())) throw late("the settings of HTTP/2 of " + to.endpoint());
            if (connection.takesTunnels()) {
                WebSocketClientLink link = await(
                        connection.tunnel(
                                ClientHandshake.onStream(sockets.config()),
                                channel -> sockets.link(to.sessions(), to.queue(), channel, true),
                                WebSocketClientLink::answered),
                        to.endpoint());
                isTunnelled = true;
                return link;
            }
            // Then it has said nothing of streams.
            if (!connection.isUsable()) {
                throw new ConnectionLost(
                        to.endpoint() + " ended the connection before its settings",
                        Processed.NO,
                        connection.failure().orElse(null));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while connecting to " + to.endpoint(), Processed.NO, e);
        } finally {
            if (!isTunnelled) connection.abortWith(CloseReason.NORMAL);
        }
        if (!offers1) throw new ConnectFailed(to.endpoint() + " takes no WebSocket over HTTP/2", null);
        takesNoStreams = true;
        return overHttp1(to, sockets);
    }

    private WebSocketClientLink await(Future<WebSocketClientLink> link, Endpoint endpoint) throws InterruptedException {
        try {
            return link.get(nanosLeft(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new ConnectFailed("no stream for a WebSocket: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw late("a stream of " + endpoint + " for a WebSocket");
        }
    }

    /// For one step of a connect.
    private long nanosLeft() {
        Deadline end = Deadline.current().earlier(Deadline.after(connect.timeout()));
        return Math.max(0, end.remainingNanos());
    }

    private HawserException late(String what) {
        return Deadline.current().hasPassed()
                ? new DeadlineExceeded(what, Processed.NO)
                : new ConnectFailed(what + " did not come within " + connect.timeout(), null);
    }

    private WebSocketClientLink overHttp1(Connecting to, WebSocketClients sockets) {
        return http1(to.threads()).connect(to.endpoint(), channel -> sockets.link(to.sessions(), to.queue(), channel));
    }

    private synchronized LinkGroup connections(NettyIoThreads threads) {
        LinkGroup known = connections;
        if (known == null) {
            known = new LinkGroup(
                    limits, new IoDispatcher(threads, ExecutionMode.EVENT_LOOP), false, TimeSource.system());
            connections = known;
        }
        return known;
    }

    private synchronized Connector http1(NettyIoThreads threads) {
        Connector known = http1;
        if (known == null) {
            known = Connector.open(threads, connect, List.of(HTTP_1_1));
            http1 = known;
        }
        return known;
    }

    /// Cuts what is open. Behind the client's own end, so nothing opens meanwhile.
    @Override
    public synchronized void close() {
        if (http1 != null) http1.close();
        if (connections != null) {
            var _ = connections.drain(CloseReason.NORMAL, Duration.ZERO);
        }
    }
}
