package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.hawser.internal.http.ResponseHead;
import io.hawser.tcp.HttpProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Promise;
import java.nio.charset.StandardCharsets;

/// Asks a proxy of HTTP by CONNECT.
///
/// Source: RFC 9110, section 9.3.6
final class HttpTunnel extends Tunnel {
    private final HttpProxy proxy;

    HttpTunnel(HttpProxy proxy, Endpoint target, Promise<Channel> opened) {
        super(proxy, target, opened);
        this.proxy = proxy;
    }

    @Override
    void ask(Channel channel) {
        channel.writeAndFlush(Unpooled.copiedBuffer(request(), StandardCharsets.ISO_8859_1));
    }

    private String request() {
        StringBuilder text = new StringBuilder("CONNECT ").append(target).append(" HTTP/1.1\r\nHost: ");
        text.append(target).append("\r\n");
        proxy.authorization()
                .ifPresent(secret ->
                        text.append("Proxy-Authorization: ").append(secret).append("\r\n"));
        return text.append("\r\n").toString();
    }

    @Override
    void answered(ChannelHandlerContext ctx, ByteBuf all) {
        try {
            ResponseHead head = ResponseHead.read(all);
            while (head != null && head.isInterim()) head = ResponseHead.read(all);
            if (head == null) return;
            if (head.status() < 200 || head.status() > 299) {
                fail(ctx.channel(), "answered " + head.status(), null);
            } else {
                connected(ctx, all);
            }
        } catch (RuntimeException malformed) {
            fail(ctx.channel(), "answered no HTTP", malformed);
        }
    }
}
