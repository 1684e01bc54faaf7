package io.hawser.internal.io;

import io.hawser.io.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/// What of Netty belongs to one transport: channels of one do not run on the event loops of another.
///
/// @param transport which one, never AUTO
/// @param handlers makes what each event loop waits with
/// @param serverChannels makes listening sockets
/// @param clientChannels makes connecting sockets
/// @param datagramChannels makes sockets of UDP
/// @param adopting makes a listening channel of a descriptor that another process has opened, where that can be
/// @param unix the same for sockets in the file system
public record TransportBinding(
        Transport transport,
        IoHandlerFactory handlers,
        ChannelFactory<? extends ServerChannel> serverChannels,
        ChannelFactory<? extends Channel> clientChannels,
        ChannelFactory<? extends DatagramChannel> datagramChannels,
        Optional<IntFunction<ServerChannel>> adopting,
        UnixBinding unix) {
    /// What of Netty belongs to the Unix-domain sockets of one transport.
    ///
    /// @param addresses makes the address of a path
    public record UnixBinding(
            ChannelFactory<? extends ServerChannel> serverChannels,
            ChannelFactory<? extends Channel> clientChannels,
            Function<Path, SocketAddress> addresses) {}
}
