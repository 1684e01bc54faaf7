package io.hawser.internal.tcp;

import io.hawser.ConnectFailed;
import io.hawser.Endpoint;
import io.hawser.tcp.SocksProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Asks a SOCKS proxy for a connection, and is gone from the channel once there is one.
///
/// Three answers are waited for: which method (2 bytes), whether the password is good (2 bytes, if it is
/// asked for), and where the proxy is connected (10 to 262 bytes).
///
/// Source: RFC 1928, RFC 1929
final class SocksTunnel extends ChannelInboundHandlerAdapter {
    private static final byte VERSION = 5;
    private static final byte NO_PASSWORD = 0;
    private static final byte PASSWORD = 2;
    private static final byte CONNECT = 1;
    private static final byte IPV4 = 1;
    private static final byte NAME = 3;
    private static final byte IPV6 = 4;
    private static final String[] FAILURES = {
        "",
        "failed",
        "does not allow it",
        "cannot reach the network",
        "cannot reach the host",
        "was refused",
        "gave up on time",
        "does not know the command",
        "does not know the kind of address"
    };

    private enum State {
        METHOD,
        ADMISSION,
        CONNECTION
    }

    private final SocksProxy proxy;
    private final Endpoint target;
    private final Promise<Channel> opened;
    private State state = State.METHOD;
    private @Nullable ByteBuf answer;

    private SocksTunnel(SocksProxy proxy, Endpoint target, Promise<Channel> opened) {
        this.proxy = proxy;
        this.target = target;
        this.opened = opened;
    }

    /// Opens a tunnel on `channel`, which is connected to the proxy. Thread: its event loop.
    static Future<Channel> open(Channel channel, SocksProxy proxy, Endpoint target, int timeoutMillis) {
        Promise<Channel> opened = channel.eventLoop().newPromise();
        SocksTunnel tunnel = new SocksTunnel(proxy, target, opened);
        channel.pipeline().addLast(tunnel);
        boolean hasPassword = proxy.credentials().isPresent();
        send(channel, VERSION, (byte) 1, hasPassword ? PASSWORD : NO_PASSWORD);
        Future<?> late = channel.eventLoop()
                .schedule(
                        () -> tunnel.fail(channel, "did not answer within " + timeoutMillis + " ms", null),
                        timeoutMillis,
                        TimeUnit.MILLISECONDS);
        opened.addListener(done -> late.cancel(false));
        return opened;
    }

    private static void send(Channel channel, byte... bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        ByteBuf all = answer;
        if (all == null) {
            all = ctx.alloc().buffer();
            answer = all;
        }
        ByteBuf in = (ByteBuf) read;
        all.writeBytes(in);
        in.release();
        while (answer != null && step(ctx, all)) {
            // on to the next answer
        }
    }

    /// @return false if what is there is not enough, or nothing more is to be done
    private boolean step(ChannelHandlerContext ctx, ByteBuf in) {
        Channel channel = ctx.channel();
        switch (state) {
            case METHOD -> {
                if (in.readableBytes() < 2) return false;
                boolean isSocks = in.readByte() == VERSION;
                byte method = in.readByte();
                byte wanted = proxy.credentials().isPresent() ? PASSWORD : NO_PASSWORD;
                if (!isSocks) return failed(channel, "speaks no SOCKS 5");
                if (method != wanted) return failed(channel, "wants to be asked in another way");
                if (method == PASSWORD) sendPassword(channel);
                else sendTarget(channel);
            }
            case ADMISSION -> {
                if (in.readableBytes() < 2) return false;
                in.readByte();
                if (in.readByte() != 0) return failed(channel, "does not accept the password");
                sendTarget(channel);
            }
            case CONNECTION -> {
                return connected(ctx, in);
            }
        }
        return true;
    }

    private void sendPassword(Channel channel) {
        state = State.ADMISSION;
        SocksProxy.Credentials known = proxy.credentials().orElseThrow();
        ByteBuf out = channel.alloc().buffer().writeByte(1);
        write(known.user(), out);
        write(known.password(), out);
        channel.writeAndFlush(out);
    }

    private void sendTarget(Channel channel) {
        state = State.CONNECTION;
        ByteBuf out =
                channel.alloc().buffer().writeByte(VERSION).writeByte(CONNECT).writeByte(0);
        if (target.isIpLiteral()) {
            byte[] address = InetAddress.ofLiteral(target.host()).getAddress();
            out.writeByte(address.length == 4 ? IPV4 : IPV6).writeBytes(address);
        } else {
            out.writeByte(NAME);
            write(target.host(), out);
        }
        channel.writeAndFlush(out.writeShort(target.port()));
    }

    private static void write(String text, ByteBuf to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeByte(bytes.length).writeBytes(bytes);
    }

    private boolean connected(ChannelHandlerContext ctx, ByteBuf in) {
        if (in.readableBytes() < 5) return false;
        int from = in.readerIndex();
        int addressBytes = switch (in.getByte(from + 3)) {
            case IPV4 -> 4;
            case IPV6 -> 16;
            case NAME -> 1 + in.getUnsignedByte(from + 4);
            default -> -1;
        };
        if (in.getByte(from) != VERSION || addressBytes < 0) return failed(ctx.channel(), "answered no SOCKS 5");
        int code = in.getUnsignedByte(from + 1);
        if (code != 0) return failed(ctx.channel(), code < FAILURES.length ? FAILURES[code] : "failed with " + code);
        if (in.readableBytes() < 4 + addressBytes + 2) return false;
        in.skipBytes(4 + addressBytes + 2);
        // The server's first words come when the client has spoken: before that they are not of the server.
        if (in.isReadable()) return failed(ctx.channel(), "sent more than an answer");
        ctx.pipeline().remove(this);
        opened.trySuccess(ctx.channel());
        return false;
    }

    private boolean failed(Channel channel, String why) {
        fail(channel, why, null);
        return false;
    }

    private void fail(Channel channel, String why, @Nullable Throwable cause) {
        opened.tryFailure(new ConnectFailed(proxy + ", asked for " + target + ", " + why, cause));
        channel.close();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof ChannelInputShutdownEvent) fail(ctx.channel(), "ended the connection", null);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        fail(ctx.channel(), "ended the connection", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        fail(ctx.channel(), String.valueOf(cause.getMessage()), cause);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        if (answer != null) answer.release();
        answer = null;
    }
}
