package io.hawser.internal.io;

import io.hawser.io.Transport;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;

/// What of Netty belongs to one transport: channels of one do not run on the event loops of another.
///
/// @param transport which one, never AUTO
/// @param handlers makes what each event loop waits with
/// @param serverChannels makes listening sockets
/// @param clientChannels makes connecting sockets
public record TransportBinding(
        Transport transport,
        IoHandlerFactory handlers,
        ChannelFactory<? extends ServerChannel> serverChannels,
        ChannelFactory<? extends Channel> clientChannels) {}
