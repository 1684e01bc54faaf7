package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.http.Headers;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.Exchange;
import io.hawser.internal.http.FileBody;
import io.hawser.internal.http.ReturnPath;
import io.hawser.internal.http.Takeover;
import io.hawser.internal.tcp.Visitor;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ShedCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import org.jspecify.annotations.Nullable;

/// One stream: a request, and the way back of its answer.
///
/// What a handler's thread says reaches the event loop behind all that it said before, and waits in a
/// [StreamOutput] until the peer's windows and the buffers of the connection have room for it. A thread
/// whose own stream has too much waiting waits too, whatever the other streams do.
///
/// It ends when both sides have said all, or at once when one resets it: then it is gone, after which
/// whatever is still said is dropped, and a handler that is at work is interrupted.
///
/// Thread: as [ReturnPath] says; the rest is the event loop's.
final class Http2Stream implements ReturnPath, SendTurns.Sender, TunnelStream {
    private static final Problem NO_TUNNEL = Problem.of(Status.NOT_IMPLEMENTED, "nothing here takes a stream over");

    final int id;
    final Http2Link link;
    private final StreamOutput out;
    private @Nullable Runnable roomListener;
    private @Nullable Exchange exchange;
    private @Nullable StreamInput input;
    private @Nullable RequestBody collecting;
    private @Nullable StreamChannel tunnel;
    private @Nullable Request request;
    private final boolean isToHead;
    private boolean isHeadSent;
    private boolean isTakenOver;
    private boolean isAnswered;
    private boolean isInTurn;
    private long sent;
    private long sentSeen;
    private long progressNanos;

    /// @param isToHead whether its answer has no body, whatever it is
    Http2Stream(int id, Http2Link link, int window, boolean isToHead) {
        this.id = id;
        this.link = link;
        this.out = new StreamOutput(window);
        this.isToHead = isToHead;
        this.progressNanos = link.lastActivityNanos();
    }

    // --- the request ---

    /// The request has a body, which follows.
    void expect(RequestBody arriving) {
        input = arriving;
    }

    /// The request asks for the stream itself, as `channel`.
    void expect(StreamChannel channel) {
        input = channel;
        tunnel = channel;
    }

    /// What still comes in, null if nothing does.
    @Nullable
    StreamInput arriving() {
        StreamInput open = input;
        return open == null || open.isOver() ? null : open;
    }

    /// Has `head` handled once its body is whole.
    void await(Request head, RequestBody arriving) {
        request = head;
        collecting = arriving;
    }

    /// The peer has said all.
    void requestEnded() {
        Request head = request;
        RequestBody whole = collecting;
        collecting = null;
        if (head != null && whole != null && !isGone() && !isHeadSent) begin(whole.completed(head));
        if (isAnswered) end(StreamTable.End.DONE);
    }

    /// Gives the peer back so many bytes of `window` and of the connection's.
    @Override
    public void giveWindow(ReceiveWindow window, int bytes) {
        if (bytes == 0) return;
        link.giveWindow(bytes);
        int told = window.give(bytes);
        if (told > 0 && arriving() != null) link.control(ControlFrame.windowUpdate(id, told));
    }

    @Override
    public void giveConnectionWindow(int bytes) {
        link.giveWindow(bytes);
    }

    @Override
    public void sendData(ByteBuf content, int count) {
        link.sendData(this, content, count);
    }

    /// Its body comes too slowly.
    void tooSlow() {
        link.settings().door().shed(ShedCause.SLOW_BODY);
    }

    void begin(Request asked) {
        request = asked;
        link.requested();
        Visitor visitor = Visitor.of(link.channel());
        exchange = Exchange.begin(link.settings().engine(), visitor, asked, this);
        // A place of the reserve is for one request.
        if (visitor != null && visitor.isInReserve()) link.drain(CloseReason.OVERLOAD);
    }

    /// Whoever asked sends nothing more, on this stream or any other.
    void peerEnded() {
        Exchange under = exchange;
        if (under != null && !isAnswered) under.peerEnded();
    }

    /// Answers in place of the handler, which has not begun.
    void refuse(Throwable why) {
        refuse(Problem.of(why).response());
    }

    void refuse(Response response) {
        Bytes content = response.body().fromStart().read();
        sendHead(response, content.size(), isToHead ? Bytes.EMPTY : content, true);
    }

    /// The request breaks the rules of its protocol.
    void malformed(String why) {
        link.malformed(this, why);
    }

    /// The answer before the answer: the peer may send its body.
    void sayContinue() {
        if (!isGone() && !isHeadSent) link.sendHead(this, Status.CONTINUE, Headers.EMPTY, UNKNOWN_LENGTH, false);
    }

    // --- the answer, from any thread ---

    @Override
    public EventLoop loop() {
        return link.loop();
    }

    void onLoop(Runnable action) {
        if (loop().inEventLoop()) action.run();
        else link.onLoop(action);
    }

    @Override
    public void whole(Response response, Bytes content) {
        if (loop().inEventLoop()) sendHead(response, content.size(), content, true);
        else link.onLoop(() -> sendHead(response, content.size(), content, true));
    }

    @Override
    public void headOnly(Response response, long length) {
        long told = ReturnPath.lengthOfNone(response, length);
        onLoop(() -> sendHead(response, told, Bytes.EMPTY, true));
    }

    @Override
    public void head(Response response, long length) {
        onLoop(() -> sendHead(response, length, Bytes.EMPTY, false));
    }

    @Override
    public void piece(Bytes piece) {
        boolean isOnLoop = loop().inEventLoop();
        if (!isOnLoop) out.awaitRoom(link.remote());
        if (isGone()) throw new ConnectionLost("the peer of an answer is gone", Processed.MAYBE, null);
        out.expect(piece.size());
        if (isOnLoop) queue(piece);
        else link.onLoop(() -> queue(piece));
    }

    @Override
    public void end(Headers trailers) {
        onLoop(() -> {
            if (isGone()) return;
            out.end(trailers);
            advance();
        });
    }

    @Override
    public void cut(Throwable why) {
        onLoop(() -> {
            if (isGone() || isAnswered) return;
            if (isHeadSent) reset(ErrorCode.INTERNAL_ERROR);
            else refuse(why);
        });
    }

    @Override
    public boolean file(Response response, FileBody file) {
        return false; // its pieces go between the frames of other streams
    }

    @Override
    public void upgrade(Response response) {
        onLoop(() -> takeOver(response));
    }

    private void takeOver(Response response) {
        StreamChannel channel = tunnel;
        Request asked = request;
        Takeover taking = response.upgrade().orElse(null) instanceof Takeover known ? known : null;
        if (isGone() || isHeadSent || channel == null || asked == null || taking == null) {
            if (taking != null) taking.untaken();
            refuse(NO_TUNNEL.response());
            return;
        }
        isHeadSent = true;
        isTakenOver = true;
        link.sendHead(this, Status.OK, response.headers(), UNKNOWN_LENGTH, false);
        channel.begin();
        taking.take(new Takeover.Handover(channel, null, asked));
    }

    @Override
    public boolean hasRoom() {
        return out.hasRoom();
    }

    @Override
    public void onRoom(Runnable told) {
        if (hasRoom()) told.run();
        else roomListener = told;
    }

    // --- the answer, on the event loop ---

    private void sendHead(Response response, long length, Bytes content, boolean isWhole) {
        if (isGone() || isHeadSent) return;
        if (tunnel != null && Status.isSuccess(response.status())) {
            refuse(NO_TUNNEL.response()); // to whom asked for a tunnel, a success would be one
            return;
        }
        isHeadSent = true;
        boolean isEnd = isWhole && content.isEmpty();
        link.sendHead(this, response.status(), response.headers(), length, isEnd);
        if (isEnd) {
            answered();
            return;
        }
        if (!content.isEmpty()) {
            out.expect(content.size());
            out.add(content);
        }
        if (isWhole) out.end(Headers.EMPTY);
        advance();
    }

    private void queue(Bytes piece) {
        if (isGone()) return;
        out.add(piece);
        advance();
    }

    @Override
    public void advance() {
        if (isInTurn || !mayGoOn()) return;
        isInTurn = true;
        link.turns().add(this);
    }

    private boolean mayGoOn() {
        return !isGone() && !isAnswered && (hasBytes() ? out.window() > 0 : out.hasEnd());
    }

    private boolean hasBytes() {
        StreamChannel channel = tunnel;
        return (isTakenOver && channel != null) ? channel.hasBytes() : out.hasBytes();
    }

    @Override
    public boolean hasOnlyItsEnd() {
        return !hasBytes();
    }

    @Override
    public boolean hasMoreToSend() {
        isInTurn = mayGoOn();
        return isInTurn;
    }

    @Override
    public void sendFrame(int allowed) {
        if (isGone()) return;
        StreamChannel channel = tunnel;
        int most = Math.min(Math.min(allowed, out.window()), FrameType.MAX_PAYLOAD_BYTES);
        if (hasBytes()) {
            if (most <= 0) return; // it shrank meanwhile
            if (isTakenOver && channel != null) {
                out.useWindow(channel.sendFrame(most));
                return;
            }
            Bytes piece = out.take(most);
            boolean isLast = out.isAtEnd();
            sent += piece.size();
            link.sendData(this, piece, isLast);
            boolean hasRoom = out.sent(piece.size());
            if (isLast) answered();
            else if (hasRoom) tellRoom();
        } else if (out.hasEnd()) {
            link.sendEnd(this, out.trailers());
            answered();
        }
    }

    private void answered() {
        isAnswered = true;
        StreamInput arriving = arriving();
        if (arriving == null) end(StreamTable.End.DONE);
        else if (!arriving.discard()) reset(ErrorCode.NO_ERROR);
    }

    /// Whether the answer is out.
    boolean isAnswered() {
        return isAnswered;
    }

    private void tellRoom() {
        out.wakeWriter();
        Runnable told = roomListener;
        roomListener = null;
        if (told != null) told.run();
    }

    /// The peer allows `bytes` more, or less if it is below zero.
    ///
    /// @return false if that is more than can be allowed
    boolean growWindow(int bytes) {
        if (!out.growWindow(bytes)) return false;
        advance();
        return true;
    }

    @Override
    public void outputEnded() {
        if (isGone()) return;
        link.sendEnd(this, Headers.EMPTY);
        answered();
    }

    @Override
    public void channelClosed() {
        if (arriving() != null) reset(ErrorCode.CANCEL);
        else if (isAnswered) end(StreamTable.End.DONE);
        else outputEnded();
    }

    // --- the end ---

    void reset(int code) {
        if (isGone()) return;
        link.control(ControlFrame.reset(id, code));
        end(StreamTable.End.RESET_BY_US);
    }

    private boolean isGone() {
        return out.isClosed();
    }

    /// It is over, one way or the other.
    void end(StreamTable.End how) {
        if (isGone()) return;
        out.close();
        if (isInTurn) link.turns().remove(this);
        StreamInput ended = input;
        if (ended != null) ended.abandon();
        Exchange under = exchange;
        if (!isAnswered && under != null) under.cancel();
        tellRoom();
        link.ended(this, how);
    }

    /// To be called about twice a second.
    void tick(long now) {
        StreamInput arriving = arriving();
        if (arriving != null) arriving.tick(now);
        if (sent != sentSeen || !out.hasBytes()) {
            sentSeen = sent;
            progressNanos = now;
        } else if (now - progressNanos > link.group().limits().stallTimeout().toNanos()) {
            reset(ErrorCode.CANCEL);
        }
    }
}
