package io.hawser.internal.websocket;

import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.link.RelayLink;
import io.hawser.session.CloseReason;
import io.hawser.session.Offer;
import io.hawser.session.SessionState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// One end of a WebSocket that a gateway passes through: what is read here is sent at the other end, on the
/// event loop of that.
///
/// Of the frames only the headers are looked at ([FrameCourse]), so that messages are counted, and so that a
/// goodbye of the gateway's own comes between two frames. While the other end has no room, nothing is read
/// here. An end of input becomes an end of output there, and the other direction goes on. Who is idle or
/// slow is judged at the client's end, and what both ends hold counts in the memory of its port.
///
/// Thread: the event loop's own, but for `other`.
final class TunnelLink extends RelayLink {
    private static final CloseReason CLIENT_GONE = CloseReason.of(CloseCode.GOING_AWAY, "the client is gone");
    private static final CloseReason SERVER_GONE = CloseReason.of(CloseCode.BAD_GATEWAY, "the server is gone");

    private final LinkGroup hosts;
    private final boolean isClients;
    private final @Nullable String subprotocol;
    private final FrameWriter writer;
    private final FrameCourse received = new FrameCourse();
    private final FrameCourse sent = new FrameCourse();
    private volatile @Nullable TunnelLink other;
    private @Nullable CloseReason leaving;
    private boolean hasLeft;
    private int messagesInLast;
    private boolean isInputOver;
    private boolean isOutputOver;
    private long bytesSeen;

    private TunnelLink(
            LinkGroup group, LinkGroup hosts, Channel channel, boolean isClients, @Nullable String subprotocol) {
        super(group, channel);
        this.hosts = hosts;
        this.isClients = isClients;
        this.subprotocol = subprotocol;
        this.writer = isClients ? FrameWriter.ofServer(Integer.MAX_VALUE) : FrameWriter.ofClient(Integer.MAX_VALUE);
    }

    /// The end of the client, which is not read from before the other end has joined it.
    ///
    /// @param subprotocol that was agreed on, null for none
    static TunnelLink ofClient(LinkGroup group, Channel channel, @Nullable String subprotocol) {
        return new TunnelLink(group, group, channel, true, subprotocol);
    }

    /// The end of the server behind.
    static TunnelLink ofServer(LinkGroup group, Channel channel, TunnelLink client) {
        TunnelLink server = new TunnelLink(group, client.group, channel, false, null);
        server.other = client;
        return server;
    }

    /// Goes on to `server`, unless a goodbye has been said meanwhile: what came behind that was thrown away,
    /// so the rest of it makes no sense to a server. Thread: any, once.
    void join(TunnelLink server) {
        other = server;
        if (linkState() != SessionState.OPEN) server.outbox().run(server::otherGone);
        else outbox().run(this::resumeReading);
    }

    @Override
    protected void started() {
        open();
    }

    @Override
    protected boolean wantsInput() {
        TunnelLink to = other;
        return to != null && to.mayPass();
    }

    /// The two directions do not wait for each other.
    @Override
    protected boolean answersInput() {
        return false;
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        TunnelLink to = other;
        if (to == null && !isGoodbyeSaid()) return;
        byte[] bytes = new byte[in.readableBytes()];
        in.readBytes(bytes);
        int messages = received.follow(bytes);
        for (int i = 0; i < messages; i++) countReceived();
        // Behind a goodbye of ours nobody is slowed down any more, only cut.
        if (to != null && to.passItem(bytes) == Offer.DROPPED) {
            abortWith(CloseReason.TOO_SLOW);
        } else if (isGoodbyeSaid() && received.hasClosed()) {
            peerDone(finalReason());
        }
    }

    /// What is on its way to the server behind is held for a client of the port, like the rest.
    @Override
    protected LinkGroup accountable() {
        return hosts;
    }

    @Override
    protected int encodedSize(Object item) {
        return item instanceof byte[] piece
                ? piece.length
                : FrameHeader.LARGEST + ((ControlFrame) item).payload().size();
    }

    @Override
    protected int messagesIn(Object item) {
        return item instanceof byte[] ? messagesInLast : 0;
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        if (item instanceof byte[] piece) piece(piece, to);
        else writer.control((ControlFrame) item, to);
    }

    /// The place of a goodbye that waits is behind the last frame which ends in the piece: what is whole
    /// goes out, and of what follows nothing.
    private void piece(byte[] piece, ByteBuf to) {
        messagesInLast = 0;
        if (hasLeft) return;
        messagesInLast = sent.follow(piece);
        CloseReason reason = leaving;
        boolean isPlace = reason != null && sent.wholeBytes() > 0 && !sent.hasClosed();
        to.writeBytes(piece, 0, isPlace ? sent.wholeBytes() : piece.length);
        if (reason == null) return;
        if (isPlace) {
            ControlFrame last = CloseCode.frame(reason, subprotocol);
            if (last != null) writer.control(last, to);
            hasLeft = true;
        }
        if (isPastWords()) channel.eventLoop().execute(() -> closeWith(reason));
    }

    /// Here is room, so there may be read on.
    @Override
    protected void sendable() {
        TunnelLink from = other;
        if (from != null && from.isPaused()) from.outbox().run(from::resumeReading);
    }

    /// Nothing more comes from the peer: the other end says so to its own.
    @Override
    protected void receivedAll(CloseReason reason) {
        TunnelLink to = other;
        isInputOver = true;
        if (isOutputOver || to == null) closeWith(reason);
        else to.outbox().run(to::endOfOther);
    }

    private void endOfOther() {
        if (linkState() != SessionState.OPEN) return;
        if (isInputOver) {
            closeWith(sent.hasClosed() ? CloseReason.NORMAL : SERVER_GONE);
            return;
        }
        ControlFrame last = isClients && mayInsert() ? CloseCode.frame(SERVER_GONE, subprotocol) : null;
        if (last != null) appendControl(last);
        isOutputOver = true;
        endOutput();
    }

    private void otherGone() {
        if (linkState() == SessionState.OPEN) closeWith(isClients ? SERVER_GONE : CLIENT_GONE);
    }

    /// Never had another end. Thread: any.
    void joinNone() {
        outbox().run(this::otherGone);
    }

    /// Says goodbye behind all that was read so far, as soon as no frame is under way, and waits for the
    /// answer of the client, which the server gets. Where nothing can be said any more, it ends.
    @Override
    protected void drain(CloseReason reason) {
        outbox().run(() -> leave(reason));
    }

    private void leave(CloseReason reason) {
        leaving = reason;
        if (linkState() != SessionState.OPEN) return;
        if (mayInsert()) {
            ControlFrame last = CloseCode.frame(reason, subprotocol);
            if (last != null) appendControl(last);
            hasLeft = true;
        }
        if (isPastWords()) closeWith(reason);
    }

    /// Whether a frame of our own may come next.
    private boolean mayInsert() {
        return sent.mayInsert() && !hasLeft && !isOutputOver;
    }

    /// Whether a goodbye has been said, or none can be any more.
    private boolean isPastWords() {
        return hasLeft || isOutputOver || sent.hasClosed() || sent.isLost();
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        return mayInsert() ? CloseCode.frame(reason, subprotocol) : null;
    }

    @Override
    protected boolean awaitsGoodbye(CloseReason reason) {
        boolean isAnswerDue = hasLeft || sent.hasClosed() || sent.mayInsert();
        return isClients && !isInputOver && !isOutputOver && !received.hasClosed() && isAnswerDue;
    }

    /// Whether anything went out since it was last asked, be it the middle of one long message.
    @Override
    protected boolean isWorking() {
        long bytes = linkStats().bytesSent();
        boolean isWorking = bytes != bytesSeen;
        bytesSeen = bytes;
        return isWorking;
    }

    @Override
    protected CloseReason reasonFor(RuntimeException failure) {
        return CloseReason.of(CloseCode.INTERNAL, String.valueOf(failure.getMessage()));
    }

    @Override
    protected CloseReason reasonForEnd() {
        return CloseReason.NORMAL;
    }

    @Override
    protected CloseReason reasonForTruncation() {
        return CloseReason.NORMAL;
    }

    @Override
    protected void released() {
        TunnelLink left = other;
        if (left != null) left.outbox().run(left::otherGone);
    }

    /// Bytes on their way to who is gone are no messages that somebody had been promised.
    @Override
    protected void unsent(Object item) {}

    @Override
    public String toString() {
        return "WebSocket through the gateway, at " + remote();
    }
}
