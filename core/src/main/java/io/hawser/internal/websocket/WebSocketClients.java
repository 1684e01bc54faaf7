package io.hawser.internal.websocket;

import io.hawser.Tls;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.internal.client.ClientPlan;
import io.hawser.internal.client.ClientProtocol;
import io.hawser.internal.client.Connecting;
import io.hawser.internal.client.ReconnectingClient;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.session.ForwardingHandler;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import io.hawser.tcp.ConnectConfig;
import io.hawser.websocket.ConnectHook;
import io.hawser.websocket.WebSocketClientConfig;
import io.netty.channel.Channel;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Clients of WebSocket.
public final class WebSocketClients implements ClientProtocol<WebSocketClientLink> {
    /// A server that said one of these would say it again; so it would those of Hawser from 4000 to 4499.
    private static final Set<Integer> FINAL = Set.of(1000, 1002, 1003, 1007, 1008, 1009, 1010);

    private final WebSocketClientConfig config;
    private final WebSocketSettings settings;
    private final ConnectHook hook;
    private final Optional<StreamSockets> streams;

    private WebSocketClients(
            WebSocketClientConfig config,
            WebSocketSettings settings,
            ConnectHook hook,
            Optional<StreamSockets> streams) {
        this.config = config;
        this.settings = settings;
        this.hook = hook;
        this.streams = streams;
    }

    private static WebSocketClients of(WebSocketClientConfig config, ConnectHook hook) {
        Optional<StreamSockets> streams = config.websocket().versions().contains(HttpVersion.HTTP_2)
                ? Optional.of(new StreamSockets(secured(config), config.websocket()))
                : Optional.empty();
        return new WebSocketClients(config, WebSocketSettings.of(true, config.websocket()), hook, streams);
    }

    WebSocketClientConfig config() {
        return config;
    }

    @Override
    public WebSocketClients next() throws Exception {
        Headers own = hook.headers();
        if (own.isEmpty()) return this;
        Headers.Builder headers = config.headers().toBuilder();
        for (String name : own.names()) headers.remove(name);
        for (int i = 0; i < own.size(); i++) headers.add(own.nameAt(i), own.valueAt(i));
        return new WebSocketClients(config.withHeaders(headers.build()), settings, hook, streams);
    }

    /// A client whose messages wait to be received.
    public static ReconnectingClient<?> pulled(WebSocketClientConfig config, ConnectHook hook) {
        SessionHandler hooks = new SessionHandler() {
            @Override
            public void opened(Session session) throws Exception {
                hook.connected(session);
                greeted(session);
            }

            @Override
            public void message(Session session, Message message) {}
        };
        return ReconnectingClient.pulled(plan(config), of(config, hook), hooks);
    }

    /// A client whose messages go to `handler`.
    public static ReconnectingClient<?> handled(
            WebSocketClientConfig config, ConnectHook hook, SessionHandler handler) {
        SessionHandler greeting = new ForwardingHandler() {
            @Override
            public SessionHandler decorated() {
                return handler;
            }

            @Override
            public void opened(Session session) throws Exception {
                hook.connected(session);
                handler.opened(session);
                greeted(session);
            }
        };
        return ReconnectingClient.handled(plan(config), of(config, hook), greeting);
    }

    private static void greeted(Session session) {
        if (session instanceof WebSocketClientLink link) link.greeted();
    }

    private static ConnectConfig secured(WebSocketClientConfig config) {
        ConnectConfig connect = config.connect();
        return config.isSecure() && connect.tls().isEmpty() ? connect.withTls(Tls.client()) : connect;
    }

    private static ClientPlan plan(WebSocketClientConfig config) {
        return new ClientPlan(
                config.uri().toString(),
                List.of(config.endpoint()),
                StreamSockets.alpn(config.websocket().versions()),
                secured(config),
                config.reconnect(),
                config.websocket().session(),
                config.maxQueuedMessages(),
                config.maxQueuedBytes());
    }

    @Override
    public WebSocketClientLink link(SessionRegistry sessions, SendQueue queue, Channel channel) {
        return link(sessions, queue, channel, false);
    }

    WebSocketClientLink link(SessionRegistry sessions, SendQueue queue, Channel channel, boolean isOnStream) {
        return new WebSocketClientLink(sessions, settings, config, queue, channel, isOnStream);
    }

    @Override
    public WebSocketClientLink connect(Connecting to) {
        return streams.isPresent() ? streams.get().connect(to, this) : ClientProtocol.super.connect(to);
    }

    @Override
    public void close() {
        streams.ifPresent(StreamSockets::close);
    }

    /// What may be sent is for the peer to say.
    @Override
    public void checkSize(int messageBytes) {}

    @Override
    public boolean isFinal(int code) {
        return isFinalCode(code);
    }

    public static boolean isFinalCode(int code) {
        return FINAL.contains(code) || (code >= 4000 && code < 4500);
    }
}
