package io.hawser.internal.tcp;

import io.hawser.Bytes;
import io.hawser.Endpoint;
import io.hawser.internal.link.Addresses;
import io.hawser.internal.link.FrameDecoder;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.session.CloseReason;
import io.hawser.session.Offer;
import io.hawser.session.SessionStats;
import io.hawser.tcp.Connection;
import io.hawser.tcp.ConnectionHandler;
import io.hawser.tcp.ConnectionState;
import io.hawser.tcp.Framing;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// A link that carries the frames of any [Framing], and adds nothing of its own.
final class TcpLink<F> extends Link implements Connection<F>, FrameDecoder.Target<F> {
    private static final int BAD_FRAME = 4004;

    private final Framing<F> framing;
    private final ConnectionHandler<F> handler;

    TcpLink(LinkGroup group, Framing<F> framing, ConnectionHandler<F> handler, Channel channel) {
        super(group, channel);
        this.framing = framing;
        this.handler = handler;
    }

    @Override
    protected void started() {
        open();
    }

    @Override
    public Framing<F> framing() {
        return framing;
    }

    @Override
    public void accept(F frame) {
        dispatch(frame);
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        FrameDecoder.decode(in, seen, this);
    }

    @Override
    protected int encodedSize(Object item) {
        return framing.encodedSize(frame(item));
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        F frame = frame(item);
        FrameDecoder.encode(framing, frame, framing.encodedSize(frame), to);
    }

    @SuppressWarnings("unchecked") // only frames go in: from the framing, or through send() and offer()
    private F frame(Object item) {
        return (F) item;
    }

    /// Of frames of another type nobody knows.
    @Override
    protected int itemBytes(Object item) {
        return item instanceof Bytes bytes ? bytes.size() : item instanceof String text ? text.length() : 0;
    }

    @Override
    protected void deliverOpened() throws Exception {
        handler.opened(this);
    }

    @Override
    protected void deliver(Object item) throws Exception {
        handler.received(this, frame(item));
    }

    @Override
    protected void deliverClosed(CloseReason reason) {
        handler.closed(this, reason);
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        return null;
    }

    @Override
    protected CloseReason reasonFor(RuntimeException failure) {
        return CloseReason.of(BAD_FRAME, String.valueOf(failure.getMessage()));
    }

    /// Without a goodbye of its own, this is how such a protocol ends.
    @Override
    protected CloseReason reasonForEnd() {
        return CloseReason.NORMAL;
    }

    @Override
    protected CloseReason reasonForTruncation() {
        return CloseReason.of(BAD_FRAME, "frame not completed");
    }

    @Override
    public ConnectionState state() {
        return switch (linkState()) {
            case CONNECTING -> ConnectionState.CONNECTING;
            case OPEN -> ConnectionState.CONNECTED;
            case CLOSING -> ConnectionState.CLOSING;
            case CLOSED -> ConnectionState.CLOSED;
        };
    }

    @Override
    public Endpoint local() {
        return Addresses.endpoint(channel.localAddress());
    }

    @Override
    public SessionStats stats() {
        return linkStats();
    }

    @Override
    public void send(F frame) {
        sendItem(frame);
    }

    @Override
    public Offer offer(F frame) {
        return offerItem(frame);
    }

    @Override
    public F receive() {
        return frame(receiveItem());
    }

    @Override
    public void close() {
        closeWith(CloseReason.NORMAL);
    }

    @Override
    public void abort() {
        abortWith(CloseReason.LOST);
    }

    @Override
    public String toString() {
        return "connection with " + remote();
    }
}
