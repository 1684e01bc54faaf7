package io.hawser.internal.http1;

import io.hawser.http.Headers;
import io.hawser.internal.http.Targets;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.outbound.ClientCall;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.tcp.HttpProxy;
import io.netty.channel.Channel;
import java.util.Optional;

/// What the HTTP/1.1 connections of one client share.
///
/// @param idleNanos how long an answer that has begun may pause
/// @param proxy that reads the requests, and so wants whole targets
public record Http1ClientSettings(int maxHeadBytes, long idleNanos, Optional<HttpProxy> proxy) {
    private static final int MAX_LINE_BYTES = 8 << 10;
    private static final int MAX_FIELDS = 256;

    HeadLimits limits() {
        return new HeadLimits(MAX_LINE_BYTES, maxHeadBytes, MAX_FIELDS);
    }

    String target(ClientCall call) {
        return proxy.isPresent()
                ? Targets.absoluteForm(call.request().target())
                : Targets.originForm(call.request().method(), call.request().target());
    }

    /// The fields of the request of `call`, with what the proxy wants for itself.
    Headers headers(ClientCall call) {
        Headers own = call.request().headers();
        return proxy.flatMap(HttpProxy::authorization)
                .map(secret -> own.with("Proxy-Authorization", secret))
                .orElse(own);
    }

    public Http1ClientSettings withProxy(Optional<HttpProxy> changed) {
        return new Http1ClientSettings(maxHeadBytes, idleNanos, changed);
    }

    /// A connection on `channel`. Thread: its event loop.
    public Http1ClientLink link(LinkGroup group, Channel channel, ConnectTimes times) {
        return new Http1ClientLink(group, this, channel, times);
    }
}
