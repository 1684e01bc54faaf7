package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.internal.link.Addresses;
import io.netty.buffer.ByteBuf;
import io.netty.channel.AbstractChannel;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelMetadata;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// A stream as a channel of its own, for the protocol that takes it over: it is read, written, half closed and
/// closed as a connection is.
///
/// It begins before anyone has accepted the stream: what comes by then waits. What the protocol has not read is
/// not credited to the peer, and what the peer's windows do not allow waits in the channel's own buffer.
///
/// Thread: the event loop. Source: RFC 8441, section 5
final class StreamChannel extends AbstractChannel implements DuplexChannel, StreamInput {
    private static final ChannelMetadata METADATA = new ChannelMetadata(false);

    private final TunnelStream stream;
    private final Channel connection;
    private final ChannelConfig config = new DefaultChannelConfig(this);
    private final ReceiveWindow window = new ReceiveWindow(Http2Limits.STREAM_WINDOW_BYTES);
    private @Nullable ByteBuf waiting;
    private boolean isOpen = true;
    private boolean isDelivering;
    private boolean isInputOver;
    private boolean isInputShutdown;
    private boolean isOutputShutdown;

    StreamChannel(TunnelStream stream, Channel connection) {
        super(connection);
        this.stream = stream;
        this.connection = connection;
    }

    /// Begins to live on the loop of its connection.
    void begin() {
        Addresses.remote(this, Addresses.remote(connection));
        stream.loop().register(this);
    }

    // --- what comes in ---

    @Override
    public boolean isOver() {
        return isInputOver;
    }

    @Override
    public boolean takeWindow(int bytes) {
        return window.take(bytes);
    }

    @Override
    public void giveWindow(int bytes) {
        stream.giveWindow(window, bytes);
    }

    @Override
    public void data(ByteBuf in, int bytes) {
        ByteBuf held = waiting;
        if (held == null && isReading()) {
            deliver(alloc().buffer(bytes).writeBytes(in, bytes));
        } else {
            if (held == null) held = alloc().buffer(bytes);
            waiting = held.writeBytes(in, bytes);
        }
    }

    private boolean isReading() {
        return isRegistered() && isOpen && !isDelivering && config.isAutoRead();
    }

    /// Owner: hands `bytes` on.
    private void deliver(ByteBuf bytes) {
        int count = bytes.readableBytes();
        pipeline().fireChannelRead(bytes).fireChannelReadComplete();
        giveWindow(count);
    }

    @Override
    public void end(Headers trailers) {
        isInputOver = true;
        if (isReading()) deliverWaiting();
    }

    @Override
    protected void doBeginRead() {
        if (isDelivering || (waiting == null && (!isInputOver || isInputShutdown))) return;
        // Behind what is under way, which may be the very taking over.
        isDelivering = true;
        eventLoop().execute(() -> {
            isDelivering = false;
            if (isReading()) deliverWaiting();
        });
    }

    private void deliverWaiting() {
        ByteBuf held = waiting;
        waiting = null;
        if (held != null) deliver(held);
        if (!isInputOver || isInputShutdown || !isReading()) return;
        isInputShutdown = true;
        pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
    }

    @Override
    public boolean discard() {
        return isOutputShutdown;
    }

    /// The stream was reset, or is over.
    @Override
    public void abandon() {
        isInputOver = true;
        ByteBuf held = waiting;
        waiting = null;
        if (held != null) {
            stream.giveConnectionWindow(held.readableBytes());
            held.release();
        }
        if (isRegistered() && isOpen) close();
    }

    @Override
    public void tick(long now) {}

    // --- what goes out ---

    @Override
    protected void doWrite(ChannelOutboundBuffer out) {
        removeEmpty(out);
        stream.advance();
    }

    /// Flushes that only wait for what is before them are done once nothing is.
    private static void removeEmpty(ChannelOutboundBuffer out) {
        while (out.current() instanceof ByteBuf head && !head.isReadable()) out.remove();
    }

    boolean hasBytes() {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        return out != null && !out.isEmpty();
    }

    /// Sends one frame.
    ///
    /// @param most bytes that it may have
    /// @return how many it has
    int sendFrame(int most) {
        ChannelOutboundBuffer out = unsafe().outboundBuffer();
        if (out == null || !(out.current() instanceof ByteBuf head)) {
            throw new IllegalStateException("a turn of a stream that has nothing to send");
        }
        int count = Math.min(most, head.readableBytes());
        stream.sendData(head, count);
        out.progress(count);
        if (head.isReadable()) return count;
        out.remove();
        removeEmpty(out);
        return count;
    }

    @Override
    protected Object filterOutboundMessage(Object message) {
        if (message instanceof ByteBuf) return message;
        throw new UnsupportedOperationException("a stream carries bytes, not " + message.getClass());
    }

    @Override
    protected void doShutdownOutput() {
        isOutputShutdown = true;
        stream.outputEnded();
    }

    // --- how it ends ---

    @Override
    protected void doClose() {
        isOpen = false;
        stream.channelClosed();
    }

    @Override
    protected void doDisconnect() {
        doClose();
    }

    @Override
    public boolean isInputShutdown() {
        return isInputShutdown;
    }

    @Override
    public ChannelFuture shutdownInput() {
        return shutdownInput(newPromise());
    }

    @Override
    public ChannelFuture shutdownInput(ChannelPromise promise) {
        isInputShutdown = true;
        return promise.setSuccess();
    }

    @Override
    public boolean isOutputShutdown() {
        return isOutputShutdown;
    }

    @Override
    public ChannelFuture shutdownOutput() {
        return shutdownOutput(newPromise());
    }

    @Override
    public ChannelFuture shutdownOutput(ChannelPromise promise) {
        ((AbstractUnsafe) unsafe()).shutdownOutput(promise);
        return promise;
    }

    @Override
    public boolean isShutdown() {
        return isInputShutdown && isOutputShutdown;
    }

    @Override
    public ChannelFuture shutdown() {
        return shutdown(newPromise());
    }

    @Override
    public ChannelFuture shutdown(ChannelPromise promise) {
        isInputShutdown = true;
        return shutdownOutput(promise);
    }

    // --- what a channel is ---

    @Override
    public ChannelConfig config() {
        return config;
    }

    @Override
    public ChannelMetadata metadata() {
        return METADATA;
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public boolean isActive() {
        return isOpen && isRegistered();
    }

    @Override
    protected boolean isCompatible(EventLoop loop) {
        return true;
    }

    @Override
    protected @Nullable SocketAddress localAddress0() {
        return connection.localAddress();
    }

    @Override
    protected @Nullable SocketAddress remoteAddress0() {
        return connection.remoteAddress();
    }

    @Override
    protected void doBind(SocketAddress address) {
        throw new UnsupportedOperationException("a stream has the address of its connection");
    }

    @Override
    protected AbstractUnsafe newUnsafe() {
        return new AbstractUnsafe() {
            @Override
            public void connect(SocketAddress remote, SocketAddress local, ChannelPromise promise) {
                promise.setFailure(new UnsupportedOperationException("a stream is connected from its beginning"));
            }
        };
    }
}
