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
/// slow, and how many there may be, is judged at the client's end.
///
/// Thread: the event loop's own, but for `other`.
final class TunnelLink extends RelayLink {
    private static final CloseReason CLIENT_GONE = CloseReason.of(CloseCode.GOING_AWAY, "the client is gone");
    private static final CloseReason SERVER_GONE = CloseReason.of(CloseCode.BAD_GATEWAY, "the server is gone");

    /// What came at once, and how many messages end in it.
    private static final class Piece {
        private final byte[] bytes;
        private final int messages;

        private Piece(byte[] bytes, int messages) {
            this.bytes = bytes;
            this.messages = messages;
        }
    }

    private final boolean isClients;
    private final @Nullable String subprotocol;
    private final FrameWriter writer;
    private final FrameCourse received = new FrameCourse();
    private final FrameCourse sent = new FrameCourse();
    private volatile @Nullable TunnelLink other;
    private @Nullable CloseReason leaving;
    private boolean isInputOver;
    private boolean isOutputOver;
    private long bytesSeen;

    private TunnelLink(LinkGroup group, Channel channel, boolean isClients, @Nullable String subprotocol) {
        super(group, channel);
        this.isClients = isClients;
        this.subprotocol = subprotocol;
        this.writer = isClients ? FrameWriter.ofServer(Integer.MAX_VALUE) : FrameWriter.ofClient(Integer.MAX_VALUE);
    }

    /// The end of the client, which is not read from before the other end has joined it.
    ///
    /// @param subprotocol that was agreed on, null for none
    static TunnelLink ofClient(LinkGroup group, Channel channel, @Nullable String subprotocol) {
        return new TunnelLink(group, channel, true, subprotocol);
    }

    /// The end of the server behind.
    static TunnelLink ofServer(LinkGroup group, Channel channel, TunnelLink client) {
        TunnelLink server = new TunnelLink(group, channel, false, null);
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
        if (to != null && to.passItem(new Piece(bytes, messages)) == Offer.DROPPED) {
            abortWith(CloseReason.TOO_SLOW);
        } else if (isGoodbyeSaid() && received.hasClosed()) {
            peerDone(finalReason());
        }
    }

    @Override
    protected int encodedSize(Object item) {
        return item instanceof Piece piece
                ? piece.bytes.length
                : FrameHeader.LARGEST + ((ControlFrame) item).payload().size();
    }

    @Override
    protected int messagesIn(Object item) {
        return item instanceof Piece piece ? piece.messages : 0;
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        if (item instanceof Piece piece) {
            to.writeBytes(piece.bytes);
            sent.follow(piece.bytes);
            if (leaving != null && sent.mayInsert()) channel.eventLoop().execute(this::leaveBetweenFrames);
        } else {
            writer.control((ControlFrame) item, to);
        }
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
        ControlFrame last = isClients && sent.mayInsert() ? CloseCode.frame(SERVER_GONE, subprotocol) : null;
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

    /// Says goodbye as soon as no frame of the server is under way, and waits for the answer of the client,
    /// which the server gets.
    @Override
    protected void drain(CloseReason reason) {
        leaving = reason;
        leaveBetweenFrames();
    }

    private void leaveBetweenFrames() {
        CloseReason reason = leaving;
        if (reason != null && sent.mayInsert() && !isOutputOver) closeWith(reason);
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        return sent.mayInsert() && !isOutputOver ? CloseCode.frame(reason, subprotocol) : null;
    }

    @Override
    protected boolean awaitsGoodbye(CloseReason reason) {
        return isClients && !isInputOver && !isOutputOver && !received.hasClosed() && sent.mayInsert();
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
