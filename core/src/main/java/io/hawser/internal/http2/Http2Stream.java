package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.Deadline;
import io.hawser.DeadlineExceeded;
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
import io.hawser.internal.io.Waiters;
import io.hawser.internal.tcp.Visitor;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ShedCause;
import io.netty.channel.EventLoop;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One stream: a request, and the way back of its answer.
///
/// What a handler's thread says reaches the event loop behind all that it said before, and waits here
/// (`pending` counts its bytes) until the peer's windows and the buffers of the connection have room for it. A
/// thread whose own stream has [#ROOM_BYTES] waiting waits too, whatever the other streams do.
///
/// It ends when both sides have said all, or at once when one resets it: `isGone`, after which whatever is
/// still said is dropped, and a handler that is at work is interrupted.
///
/// Thread: as [ReturnPath] says; the rest is the event loop's.
final class Http2Stream implements ReturnPath {
    /// What may wait to be sent before its writer waits; the piece that goes over it still fits.
    private static final int ROOM_BYTES = 64 << 10;

    private static final Problem NO_TUNNEL = Problem.of(Status.NOT_IMPLEMENTED, "nothing here takes a stream over");
    private static final VarHandle PENDING;

    static {
        try {
            PENDING = MethodHandles.lookup().findVarHandle(Http2Stream.class, "pending", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final int id;
    final Http2Link link;
    private final AnswerQueue answer = new AnswerQueue();
    private volatile int pending;
    private volatile boolean isGone;
    private volatile @Nullable Waiters writer;
    private @Nullable Runnable roomListener;
    private @Nullable Exchange exchange;
    private @Nullable StreamInput input;
    private @Nullable RequestBody collecting;
    private @Nullable StreamChannel tunnel;
    private @Nullable Request request;
    private int window;
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
        this.window = window;
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
        if (head != null && whole != null && !isGone && !isHeadSent) begin(whole.completed(head));
        if (isAnswered) end(StreamTable.End.DONE);
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
        if (!isGone && !isHeadSent) link.sendHead(this, Status.CONTINUE, Headers.EMPTY, UNKNOWN_LENGTH, false);
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
        if (!isOnLoop) awaitRoom();
        if (isGone) throw new ConnectionLost("the peer of an answer is gone", Processed.MAYBE, null);
        PENDING.getAndAdd(this, piece.size());
        if (isOnLoop) queue(piece);
        else link.onLoop(() -> queue(piece));
    }

    @Override
    public void end(Headers trailers) {
        onLoop(() -> {
            if (isGone) return;
            answer.end(trailers);
            advance();
        });
    }

    @Override
    public void cut(Throwable why) {
        onLoop(() -> {
            if (isGone || isAnswered) return;
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
        if (isGone || isHeadSent || channel == null || asked == null || taking == null) {
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
        return isGone || pending < ROOM_BYTES;
    }

    @Override
    public void onRoom(Runnable told) {
        if (hasRoom()) told.run();
        else roomListener = told;
    }

    private void awaitRoom() {
        if (hasRoom()) return;
        Waiters waiters = writer;
        if (waiters == null) {
            waiters = new Waiters();
            writer = waiters;
        }
        try {
            if (waiters.await(this::hasRoom, Deadline.current())) return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Cancelled("interrupted while waiting for room to send", Processed.MAYBE, e);
        }
        throw new DeadlineExceeded("room in the queue to " + link.remote(), Processed.MAYBE);
    }

    // --- the answer, on the event loop ---

    private void sendHead(Response response, long length, Bytes content, boolean isWhole) {
        if (isGone || isHeadSent) return;
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
            PENDING.getAndAdd(this, content.size());
            answer.add(content);
        }
        if (isWhole) answer.end(Headers.EMPTY);
        advance();
    }

    private void queue(Bytes piece) {
        if (isGone) return;
        answer.add(piece);
        advance();
    }

    void advance() {
        if (isInTurn || !mayGoOn()) return;
        isInTurn = true;
        link.sending().add(this);
    }

    private boolean mayGoOn() {
        return !isGone && !isAnswered && (hasBytes() ? window > 0 : answer.hasEnd());
    }

    private boolean hasBytes() {
        StreamChannel channel = tunnel;
        return (isTakenOver && channel != null) ? channel.hasBytes() : answer.hasBytes();
    }

    /// Whether what is left to send needs no window. Asked of streams that wait for their turn.
    boolean hasOnlyItsEnd() {
        return !hasBytes();
    }

    /// Whether it is to have another turn.
    boolean hasMoreToSend() {
        isInTurn = mayGoOn();
        return isInTurn;
    }

    /// Sends one frame.
    ///
    /// @param allowed by the window of the connection
    void sendFrame(int allowed) {
        if (isGone) return;
        StreamChannel channel = tunnel;
        int most = Math.min(Math.min(allowed, window), FrameType.MAX_PAYLOAD_BYTES);
        if (hasBytes()) {
            if (most <= 0) return; // it shrank meanwhile
            if (isTakenOver && channel != null) {
                window -= channel.sendFrame(most);
                return;
            }
            Bytes piece = answer.take(most);
            boolean isLast = answer.isAtEnd();
            window -= piece.size();
            sent += piece.size();
            link.sendData(this, piece, isLast);
            int left = (int) PENDING.getAndAdd(this, -piece.size()) - piece.size();
            if (isLast) answered();
            else if (left < ROOM_BYTES / 2) tellRoom();
        } else if (answer.hasEnd()) {
            link.sendEnd(this, answer.trailers());
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
        Waiters waiting = writer;
        if (waiting != null) waiting.wakeAll();
        Runnable told = roomListener;
        roomListener = null;
        if (told != null) told.run();
    }

    /// The peer allows `bytes` more, or less if it is below zero.
    ///
    /// @return false if that is more than can be allowed
    boolean growWindow(int bytes) {
        if ((long) window + bytes > Integer.MAX_VALUE) return false;
        window += bytes;
        advance();
        return true;
    }

    /// The protocol that took the stream over has said all.
    void outputEnded() {
        if (isGone) return;
        link.sendEnd(this, Headers.EMPTY);
        answered();
    }

    /// The protocol that took the stream over is done with it.
    void channelClosed() {
        if (arriving() != null) reset(ErrorCode.CANCEL);
        else if (isAnswered) end(StreamTable.End.DONE);
        else outputEnded();
    }

    // --- the end ---

    void reset(int code) {
        if (isGone) return;
        link.control(ControlFrame.reset(id, code));
        end(StreamTable.End.RESET_BY_US);
    }

    /// It is over, one way or the other.
    void end(StreamTable.End how) {
        if (isGone) return;
        isGone = true;
        if (isInTurn) link.sending().remove(this);
        answer.clear();
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
        if (sent != sentSeen || !answer.hasBytes()) {
            sentSeen = sent;
            progressNanos = now;
        } else if (now - progressNanos > link.group().limits().stallTimeout().toNanos()) {
            reset(ErrorCode.CANCEL);
        }
    }
}
