package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Peer;
import io.hawser.internal.http.ConnectionPeer;
import io.hawser.internal.http1.HttpSettings;
import io.hawser.internal.http2.StreamTable.End;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import io.hawser.tcp.ShedCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One HTTP/2 connection of a server: one handler for the frames of all of its streams.
///
/// What is read goes through a [FrameReader] to [Http2Requests], what is sent through each [Http2Stream] to
/// [SendTurns], into the buffer that the turn flushes once.
///
/// A drain says twice that it ends: first that new streams are still welcome (a GOAWAY with the highest
/// number there is), because requests are on their way, and when an answered ping, or half a second, shows
/// that they have come, which of them was the last. The connection ends with its last stream.
///
/// Thread: the event loop, but for [#onLoop].
public final class Http2Link extends Link {
    private static final Logger LOG = LoggerFactory.getLogger(Http2Link.class);
    private static final int BROKEN = 4000;
    private static final long FAREWELL_PING = 0x6861_7773_6572L;
    private static final long LATE_REQUEST_MILLIS = 500;

    private final HttpSettings settings;
    private final FrameReader reader;
    private final StreamTable streams = new StreamTable();
    private final SendTurns turns = new SendTurns(this::hasRoom);
    private final FieldWriter fields = new FieldWriter();
    private final DataFrame data = new DataFrame();
    private final ReceiveWindow window = new ReceiveWindow(Http2Limits.CONNECTION_WINDOW_BYTES);
    private final Http2Requests requests;
    private @Nullable Peer peer;
    private boolean hasGreeted;
    private boolean isUnfinished;
    private long unfinishedSinceNanos;
    private boolean isDraining;
    private @Nullable CloseReason ending;
    private int code = ErrorCode.NO_ERROR;

    private Http2Link(LinkGroup group, HttpSettings settings, Channel channel) {
        super(group, channel);
        this.settings = settings;
        this.requests = new Http2Requests(this, streams, lastActivityNanos());
        this.reader = new FrameReader(requests, channel.alloc(), false);
    }

    /// Serves on `channel`.
    ///
    /// Owner: releases `first`. Thread: its event loop.
    public static Http2Link serve(LinkGroup group, HttpSettings settings, Channel channel, @Nullable ByteBuf first) {
        Http2Link link = new Http2Link(group, settings, channel);
        channel.pipeline().addLast(link);
        link.start(first);
        return link;
    }

    @Override
    protected void started() {
        unfinishedSinceNanos = lastActivityNanos();
        isUnfinished = true;
        open();
        control(Http2Limits.serverSettings(settings.limits()));
        control(ControlFrame.windowUpdate(0, Http2Limits.CONNECTION_WINDOW_BYTES - Http2Limits.FIRST_WINDOW_BYTES));
    }

    // --- what comes in ---

    @Override
    protected void decode(ByteBuf in, int seen) {
        int before = in.readerIndex();
        boolean goesOn = true;
        while (goesOn && in.isReadable() && !isOver()) goesOn = reader.read(in) && mayDecode();
        boolean hasMoved = in.readerIndex() != before && !reader.isInBlock();
        if (hasMoved || !isUnfinished) unfinishedSinceNanos = lastActivityNanos();
        isUnfinished = in.isReadable() || reader.isInBlock() || !reader.hasBegun();
    }

    /// The peer has shown what it wants: a head is there.
    void greeted() {
        if (hasGreeted) return;
        hasGreeted = true;
        settings.door().settled(channel);
    }

    /// @throws ProtocolError if the peer sends more than it may
    void takeWindow(int bytes) {
        if (!window.take(bytes)) {
            throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "more than the window allows", "5.2.1");
        }
    }

    void giveWindow(int bytes) {
        int told = window.give(bytes);
        if (told > 0) control(ControlFrame.windowUpdate(0, told));
    }

    void tableBytes(long allowed) {
        fields.maxTableBytes(allowed);
    }

    void ponged(long payload) {
        if (payload == FAREWELL_PING && isDraining) lastCall();
    }

    /// The peer will open no more streams.
    void peerLeaves() {
        if (ending == null) ending = CloseReason.NORMAL;
    }

    void malformed(Http2Stream stream, String why) {
        LOG.debug("{} of {} is malformed: {}", stream, this, why);
        requests.fail(stream, ErrorCode.PROTOCOL_ERROR);
    }

    /// Whether a new stream comes too late.
    boolean isLeaving() {
        return ending != null;
    }

    Peer peer() {
        Peer known = peer;
        if (known == null) {
            known = ConnectionPeer.of(channel, HttpVersion.HTTP_2);
            peer = known;
        }
        return known;
    }

    HttpSettings settings() {
        return settings;
    }

    LinkGroup group() {
        return group;
    }

    // --- what goes out ---

    EventLoop loop() {
        return channel.eventLoop();
    }

    /// Runs `action` on the loop, behind what the calling thread asked for before. Thread: any.
    void onLoop(Runnable action) {
        outbox().run(action);
    }

    SendTurns turns() {
        return turns;
    }

    /// Whether more of the application's bytes should be written.
    private boolean hasRoom() {
        return isUsable() && hasRoomToSend();
    }

    private boolean isUsable() {
        return linkState() == SessionState.OPEN;
    }

    void control(ControlFrame frame) {
        if (isUsable()) appendControl(frame);
    }

    void sendHead(Http2Stream stream, int status, Headers headers, long length, boolean isLast) {
        send(fields.head(stream.id, status, headers, length, isLast));
    }

    void sendData(Http2Stream stream, Bytes content, boolean isLast) {
        turns.taken(content.size());
        send(data.of(stream.id, content, isLast));
    }

    /// Sends the next `count` bytes of `content`, which it takes.
    void sendData(Http2Stream stream, ByteBuf content, int count) {
        turns.taken(count);
        if (isUsable()) send(data.of(stream.id, content, count));
        else content.skipBytes(count);
    }

    /// Sends the end of a body behind all of its bytes.
    void sendEnd(Http2Stream stream, Headers trailers) {
        if (trailers.isEmpty()) send(data.of(stream.id, Bytes.EMPTY, true));
        else send(fields.trailers(stream.id, trailers));
    }

    private void send(Frame frame) {
        if (isUsable()) appendMessage(frame, frame.sizeAround());
    }

    @Override
    protected int encodedSize(Object frame) {
        return ((Frame) frame).sizeAround();
    }

    @Override
    protected void encode(Object frame, ByteBuf to) {
        ((Frame) frame).write(to);
    }

    @Override
    protected void sendable() {
        turns.send();
    }

    // --- how it ends ---

    void ended(Http2Stream stream, End how) {
        streams.end(stream.id, how);
    }

    /// Nothing more will be asked, and all is answered: what follows is not looked at, however it comes.
    private boolean isOver() {
        return ending != null && streams.isEmpty();
    }

    @Override
    protected void flushed() {
        CloseReason reason = ending;
        if (reason != null && isOver()) closeWith(reason);
    }

    @Override
    protected void drain(CloseReason reason) {
        if (isDraining) return;
        isDraining = true;
        control(ControlFrame.goAway(Integer.MAX_VALUE, ErrorCode.NO_ERROR, ""));
        control(ControlFrame.ping(FAREWELL_PING));
        channel.eventLoop().schedule(this::lastCall, LATE_REQUEST_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void lastCall() {
        if (ending != null || !isUsable()) return;
        ending = CloseReason.DRAIN;
        control(ControlFrame.goAway(streams.last(), ErrorCode.NO_ERROR, ""));
    }

    @Override
    protected CloseReason reasonFor(RuntimeException failure) {
        code = failure instanceof ProtocolError error ? error.code() : ErrorCode.INTERNAL_ERROR;
        return CloseReason.of(BROKEN, String.valueOf(failure.getMessage()));
    }

    /// Requests that are whole are still answered.
    @Override
    protected CloseReason reasonForEnd() {
        for (Http2Stream stream : streams.copy()) {
            if (stream.arriving() != null) stream.end(End.RESET_BY_PEER);
            else stream.peerEnded();
        }
        return CloseReason.NORMAL;
    }

    @Override
    protected void receivedAll(CloseReason reason) {
        if (ending == null) ending = reason;
        if (code != ErrorCode.NO_ERROR || streams.isEmpty()) closeWith(reason);
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        if (code != ErrorCode.NO_ERROR) return ControlFrame.goAway(streams.last(), code, reason.message());
        return isDraining && ending != null ? null : ControlFrame.goAway(streams.last(), code, "");
    }

    /// Who reads nothing of what it asked for gets a reset, which frees what is queued for it.
    @Override
    protected void stalled() {
        var _ = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        abortWith(CloseReason.TOO_SLOW);
    }

    @Override
    protected boolean isWorking() {
        return !streams.isEmpty();
    }

    @Override
    protected void tick(long now) {
        if (isUnfinished && !isPaused() && now - unfinishedSinceNanos > settings.headTimeoutNanos()) {
            settings.door().shed(ShedCause.SLOW_HEAD);
            code = ErrorCode.ENHANCE_YOUR_CALM;
            closeWith(CloseReason.of(BROKEN, "a frame not completed in time"));
        } else if (!streams.isEmpty()) {
            for (Http2Stream stream : streams.copy()) stream.tick(now);
        }
    }

    @Override
    protected void released() {
        for (Http2Stream stream : streams.copy()) stream.end(End.RESET_BY_PEER);
        reader.release();
        fields.release();
    }

    @Override
    public String toString() {
        return "HTTP/2 connection with " + remote();
    }

    /// A stream has brought a request.
    void requested() {
        countReceived();
    }
}
