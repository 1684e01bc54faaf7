package io.hawser.internal.link;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.channel.unix.UnixChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.NotYetConnectedException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The orderly end of a connection: last bytes, end of output, a moment for the peer to take them, close.
final class Ending {
    private Ending() {}

    /// Flushes what was written, and closes unless [#begin] comes in time. Thread: the event loop.
    static void await(Channel channel, Duration atMost) {
        channel.flush();
        closeLater(channel, atMost);
    }

    private static void closeLater(Channel channel, Duration pause) {
        Future<?> late = channel.eventLoop().schedule(() -> channel.close(), pause.toNanos(), TimeUnit.NANOSECONDS);
        channel.closeFuture().addListener(closed -> late.cancel(false));
    }

    /// Flushes what was written, and goes on from there. Thread: the event loop.
    static void begin(Channel channel, Duration linger) {
        if (isWritten(channel)) {
            linger(channel, linger);
            return;
        }
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) linger(channel, linger);
            else channel.close();
        });
    }

    /// Whether nothing waits to be written; what TLS may hold back cannot be seen here.
    private static boolean isWritten(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer != null
                && buffer.isEmpty()
                && buffer.totalPendingWriteBytes() == 0
                && channel.pipeline().get(SslHandler.class) == null;
    }

    /// Whether a close of `channel` is the end of TCP and of nothing else, which would have a goodbye of its
    /// own.
    static boolean isPlainSocket(Channel channel) {
        return channel instanceof SocketChannel && channel.pipeline().get(SslHandler.class) == null;
    }

    private static void linger(Channel channel, Duration atMost) {
        if (atMost.isZero()) {
            channel.close();
            return;
        }
        closeLater(channel, atMost);
        // Netty then closes at the end of the input; it would shut that down first, and find it done, with an
        // exception.
        var _ = channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, false);
        behindTls(channel, Ending::shutdownOrClose);
    }

    /// Flushes what was written, and says that nothing follows. What the peer has sent may still wait
    /// to be handled, even if it has ended its side. Thread: the event loop.
    static void endOutput(Channel channel) {
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(written -> {
            if (written.isSuccess()) behindTls(channel, Ending::shutdownOutput);
            else channel.close();
        });
    }

    private static void behindTls(Channel channel, Consumer<Channel> last) {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) last.accept(channel);
        else tls.closeOutbound().addListener(said -> last.accept(channel));
    }

    /// The peer has ended its side too, so there is nothing to wait for once all is written.
    static void peerEnded(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isOutputShutdown()) channel.close();
    }

    /// There is nothing to wait for of a peer that has ended its side.
    private static void shutdownOrClose(Channel channel) {
        if (channel instanceof DuplexChannel duplex && duplex.isInputShutdown()) channel.close();
        else shutdownWritten(channel);
    }

    /// Of an output with nothing left to write. Netty's way makes an exception for what might be, with its
    /// stack: a seventh of all that a short connection allocated.
    private static void shutdownWritten(Channel channel) {
        if (!(channel instanceof UnixChannel unix && unix.fd() instanceof Socket socket)) {
            shutdownOutput(channel);
            return;
        }
        try {
            socket.shutdown(false, true);
        } catch (IOException | NotYetConnectedException gone) {
            channel.close(); // the peer has reset it
        }
    }

    private static void shutdownOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex) duplex.shutdownOutput();
        else channel.close();
    }
}
