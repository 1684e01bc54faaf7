package io.hawser.internal.tcp;

import io.hawser.Endpoint;
import io.hawser.tcp.SocksProxy;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;

/// Asks a proxy of SOCKS 5.
///
/// Three answers are waited for: which method (2 bytes), whether the password is good (2 bytes, if it is
/// asked for), and where the proxy is connected (10 to 262 bytes).
///
/// Source: RFC 1928, RFC 1929
final class SocksTunnel extends Tunnel {
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
    private State state = State.METHOD;

    SocksTunnel(SocksProxy proxy, Endpoint target, Promise<Channel> opened) {
        super(proxy, target, opened);
        this.proxy = proxy;
    }

    @Override
    void ask(Channel channel) {
        boolean hasPassword = proxy.credentials().isPresent();
        send(channel, VERSION, (byte) 1, hasPassword ? PASSWORD : NO_PASSWORD);
    }

    private static void send(Channel channel, byte... bytes) {
        channel.writeAndFlush(Unpooled.wrappedBuffer(bytes));
    }

    @Override
    void answered(ChannelHandlerContext ctx, ByteBuf all) {
        while (!isOver() && step(ctx, all)) {
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
                return target(ctx, in);
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

    private boolean target(ChannelHandlerContext ctx, ByteBuf in) {
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
        connected(ctx, in);
        return false;
    }

    private boolean failed(Channel channel, String why) {
        fail(channel, why, null);
        return false;
    }
}
