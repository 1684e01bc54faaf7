package io.hawser.internal.io;

import io.hawser.StartupFailed;
import io.hawser.internal.io.TransportBinding.UnixBinding;
import io.hawser.io.Transport;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.kqueue.KQueue;
import io.netty.channel.kqueue.KQueueDatagramChannel;
import io.netty.channel.kqueue.KQueueDomainSocketChannel;
import io.netty.channel.kqueue.KQueueIoHandler;
import io.netty.channel.kqueue.KQueueServerDomainSocketChannel;
import io.netty.channel.kqueue.KQueueServerSocketChannel;
import io.netty.channel.kqueue.KQueueSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Picks the transport, and says which.
final class Transports {
    private static final Logger LOG = LoggerFactory.getLogger(Transports.class);

    /// What AUTO tries, best first.
    ///
    /// Epoll before io_uring: with 1 KiB messages the two cost the same within 5 % (0.60 and 0.57 us of CPU
    /// each); with 64 KiB epoll took 18 us where io_uring took between 17 and 38; and container profiles
    /// often close io_uring.
    private static final List<Transport> PREFERENCE =
            List.of(Transport.EPOLL, Transport.IO_URING, Transport.KQUEUE, Transport.NIO);

    /// How many completions of io_uring a loop may leave in the ring: one for each of the connections that it may
    /// have. With Netty's default the kernel has to keep aside what 10,000 connections bring at once, and Netty
    /// complains of an overflow. 256 KiB for each loop.
    private static final int COMPLETIONS = 16_384;

    private Transports() {}

    /// The binding for `asked`.
    ///
    /// @throws StartupFailed if it is not there
    static TransportBinding select(Transport asked) {
        Transport chosen = asked == Transport.AUTO ? best() : asked;
        Throwable missing = unavailability(chosen);
        if (missing != null) {
            throw new StartupFailed(
                    "transport " + nameOf(chosen) + " is not available here: " + rootMessage(missing), missing);
        }
        LOG.info("Transport {} ({})", nameOf(chosen), asked == Transport.AUTO ? "automatic" : "asked for");
        return bind(chosen);
    }

    private static Transport best() {
        return PREFERENCE.stream()
                .filter(transport -> unavailability(transport) == null)
                .findFirst()
                .orElse(Transport.NIO);
    }

    /// Why the machine does not have it, or null where it does.
    static @Nullable Throwable unavailability(Transport transport) {
        return switch (transport) {
            case IO_URING -> IoUring.unavailabilityCause();
            case EPOLL -> Epoll.unavailabilityCause();
            case KQUEUE -> KQueue.unavailabilityCause();
            case NIO, AUTO -> null;
        };
    }

    private static TransportBinding bind(Transport transport) {
        return switch (transport) {
            case IO_URING ->
                new TransportBinding(
                        transport,
                        IoUringIoHandler.newFactory(new IoUringIoHandlerConfig().setCqSize(COMPLETIONS)),
                        IoUringServerSocketChannel::new,
                        IoUringSocketChannel::new,
                        IoUringDatagramChannel::new,
                        Optional.empty(), // Netty has no way to
                        new UnixBinding(
                                IoUringServerDomainSocketChannel::new,
                                IoUringDomainSocketChannel::new,
                                Transports::nativeAddress));
            case EPOLL ->
                new TransportBinding(
                        transport,
                        KeptEpollHandler.newFactory(),
                        EpollServerSocketChannel::new,
                        EpollSocketChannel::new,
                        EpollDatagramChannel::new,
                        Optional.of(EpollServerSocketChannel::new),
                        new UnixBinding(
                                EpollServerDomainSocketChannel::new,
                                EpollDomainSocketChannel::new,
                                Transports::nativeAddress));
            case KQUEUE ->
                new TransportBinding(
                        transport,
                        KQueueIoHandler.newFactory(),
                        KQueueServerSocketChannel::new,
                        KQueueSocketChannel::new,
                        KQueueDatagramChannel::new,
                        Optional.of(KQueueServerSocketChannel::new),
                        new UnixBinding(
                                KQueueServerDomainSocketChannel::new,
                                KQueueDomainSocketChannel::new,
                                Transports::nativeAddress));
            case NIO ->
                new TransportBinding(
                        transport,
                        NioIoHandler.newFactory(),
                        NioServerSocketChannel::new,
                        NioSocketChannel::new,
                        NioDatagramChannel::new,
                        Optional.empty(),
                        new UnixBinding(
                                NioServerDomainSocketChannel::new,
                                NioDomainSocketChannel::new,
                                UnixDomainSocketAddress::of));
            case AUTO -> throw new IllegalArgumentException("AUTO is a choice, not a transport");
        };
    }

    private static SocketAddress nativeAddress(Path path) {
        return new DomainSocketAddress(path.toString());
    }

    private static String nameOf(Transport transport) {
        return transport.name().toLowerCase(Locale.ROOT);
    }

    private static String rootMessage(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) root = root.getCause();
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
