package io.hawser.internal.http1;

import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;

/// Lets the kernel of Linux send full packets only while a file goes out behind its head, where the
/// transport is epoll.
///
/// `TCP_NODELAY` would push each piece that `sendfile` takes as it is; nginx does the same by `tcp_nopush`.
/// A file that one `sendfile` takes whole has no pieces, and costs more with a cork than without. What it gave
/// is in docs/performance/notes.md.
///
/// Thread: the event loop of the channel.
final class Cork {
    /// As much as a socket queues at most where its system is as it came (`net.ipv4.tcp_wmem`).
    private static final long LEAST_BYTES = 4 << 20;

    private Cork() {}

    /// Whether so many bytes of a file are worth it.
    static boolean isFor(long bytes) {
        return bytes > LEAST_BYTES;
    }

    static void put(Channel channel) {
        set(channel, true);
    }

    static void pull(Channel channel) {
        set(channel, false);
    }

    /// A socket that is closed is left alone: it has nothing to hold back, and would throw.
    private static void set(Channel channel, boolean held) {
        if (!(channel instanceof EpollSocketChannel) || !channel.isOpen()) return;
        var _ = channel.config().setOption(EpollChannelOption.TCP_CORK, held);
    }
}
