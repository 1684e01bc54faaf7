package io.hawser.hub.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/// Opens connections to one target, from as many loopback addresses as their number needs.
///
/// One source address has fewer than 30,000 free ports towards one target on a usual Linux; a loopback
/// target can be reached from all of 127.0.0.0/8.
final class Dialer {
    private static final int PER_SOURCE = 20_000;

    private final InetSocketAddress target;
    private final boolean spread;
    private int opened;

    Dialer(InetSocketAddress target, int planned) {
        this.target = target;
        this.spread = planned > PER_SOURCE
                && !target.isUnresolved()
                && target.getAddress().isLoopbackAddress()
                && target.getAddress().getAddress().length == 4;
    }

    /// A connected channel in blocking mode.
    SocketChannel connect(Duration timeout) throws IOException {
        var channel = open();
        try {
            channel.socket().connect(target, (int) timeout.toMillis());
            return channel;
        } catch (IOException e) {
            close(channel, e);
            throw e;
        }
    }

    /// A channel in non-blocking mode whose connection is under way or there already.
    SocketChannel begin() throws IOException {
        var channel = open();
        try {
            channel.configureBlocking(false);
            channel.connect(target);
            return channel;
        } catch (IOException e) {
            close(channel, e);
            throw e;
        }
    }

    private SocketChannel open() throws IOException {
        if (target.isUnresolved()) throw new UnknownHostException("unknown host " + target.getHostString());
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (spread) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(source(opened / PER_SOURCE), 0));
            }
            opened++;
            return channel;
        } catch (IOException e) {
            close(channel, e);
            throw e;
        }
    }

    /// Loopback address number `n`: 127.0.0.1 is 0.
    static InetAddress source(int n) throws UnknownHostException {
        int host = n + 1;
        return InetAddress.getByAddress(new byte[] {127, (byte) (host >>> 16), (byte) (host >>> 8), (byte) host});
    }

    private static void close(SocketChannel channel, IOException because) {
        try {
            channel.close();
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }
}
