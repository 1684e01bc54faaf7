package io.hawser.internal.http1;

import io.hawser.internal.http.Targets;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.outbound.ClientCall;
import io.netty.channel.Channel;

/// What the HTTP/1.1 connections of one client share.
///
/// @param idleNanos how long an answer that has begun may pause
/// @param isAbsolute whether they go to a proxy, which wants whole targets
public record Http1ClientSettings(int maxHeadBytes, long idleNanos, boolean isAbsolute) {
    private static final int MAX_LINE_BYTES = 8 << 10;
    private static final int MAX_FIELDS = 256;

    HeadLimits limits() {
        return new HeadLimits(MAX_LINE_BYTES, maxHeadBytes, MAX_FIELDS);
    }

    String target(ClientCall call) {
        return isAbsolute
                ? Targets.absoluteForm(call.request().target())
                : Targets.originForm(call.request().method(), call.request().target());
    }

    /// A connection on `channel`. Thread: its event loop.
    public Http1ClientLink link(LinkGroup group, Channel channel) {
        return new Http1ClientLink(group, this, channel);
    }
}
