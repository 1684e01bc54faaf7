package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.http.Headers;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.Exchange;
import io.hawser.internal.http.FileBody;
import io.hawser.internal.http.ReturnPath;
import io.hawser.internal.http.Takeover;
import io.hawser.internal.http1.HeadWriter.Fate;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;

/// The answering side of an HTTP/1.1 connection: a [ReturnPath] for one exchange after another.
///
/// What a handler's thread says becomes an [Outgoing] that reaches the event loop behind all that it said
/// before. Only there is decided what the head says of the connection, because only there is known whether
/// a drain has begun and what has become of the request's body. An answer is out when its last item is
/// encoded, or its file written; then the next request may be read, or the connection ends.
///
/// Thread: as [ReturnPath] says; the rest is the event loop's.
abstract class Http1Answers extends Link implements ReturnPath, BodyPipe.Source {
    protected final Scratch scratch;
    protected final BodyReader body;
    private final MessageEncoder encoder;
    private final boolean isTls;

    private @Nullable Request request;
    private @Nullable Exchange exchange;
    private boolean isHttp11;
    private boolean isLast;
    private boolean isBegun;
    private boolean isDraining;
    private boolean isCut;
    private @Nullable CloseReason ending;
    private @Nullable Response refusal;
    private Outgoing.@Nullable Switch accepted;
    private @Nullable Runnable roomListener;

    Http1Answers(LinkGroup group, Channel channel, HttpSettings settings) {
        super(group, channel);
        this.scratch = Scratch.ofThisLoop();
        this.body = new BodyReader(scratch, settings.limits(), this);
        this.encoder = new MessageEncoder(scratch);
        this.isTls = channel.pipeline().get(SslHandler.class) != null;
    }

    /// An answer is out, and the connection goes on.
    protected abstract void answered();

    /// A request has come, and what it says of the connection.
    final void begin(boolean http11, boolean last) {
        isHttp11 = http11;
        isLast = last;
        isBegun = false;
    }

    final void answering(Request asked) {
        request = asked;
    }

    /// What answers it, unless it has done so already.
    final void answeredBy(Exchange begun) {
        if (isAnswering()) exchange = begun;
    }

    /// Whoever asked sends nothing more.
    final void askerEnded() {
        Exchange under = exchange;
        if (under != null) under.peerEnded();
    }

    /// The connection ends after the answer that is under way.
    final void last() {
        isLast = true;
    }

    final boolean isAnswering() {
        return request != null;
    }

    /// Whether the last answer is out, so that nothing behind its request may be served.
    final boolean hasEnded() {
        return request == null && isBegun && (isLast || ending != null);
    }

    final boolean isDraining() {
        return isDraining;
    }

    final void draining() {
        isDraining = true;
    }

    /// What the last answer of this connection will be.
    final void refuse(Response response) {
        refusal = response;
    }

    @Override
    public final EventLoop loop() {
        return channel.eventLoop();
    }

    @Override
    public final void whole(Response response, Bytes content) {
        send(Outgoing.Head.of(response, content.size(), content, true));
    }

    @Override
    public final void headOnly(Response response, long length) {
        send(Outgoing.Head.of(response, ReturnPath.lengthOfNone(response, length), Bytes.EMPTY, true));
    }

    @Override
    public final void head(Response response, long length) {
        send(Outgoing.Head.of(response, length, Bytes.EMPTY, false));
    }

    @Override
    public final void piece(Bytes piece) {
        Outgoing.Piece item = new Outgoing.Piece(piece);
        if (!loop().inEventLoop()) sendItem(item);
        else if (isUsable()) appendMessage(item, item.sizeAtMost());
        else throw new ConnectionLost("the peer of an answer is gone", Processed.MAYBE, null);
    }

    @Override
    public final void end(Headers trailers) {
        send(Outgoing.End.of(trailers));
    }

    @Override
    public final void cut(Throwable why) {
        try {
            send(new Outgoing.Cut(why));
        } catch (HawserException gone) {
            // The connection has ended, and with it the answer.
        }
    }

    @Override
    public final void upgrade(Response response) {
        Outgoing.Head head = Outgoing.Head.of(response, HeadWriter.NO_LENGTH, Bytes.EMPTY, true);
        send(response.upgrade().orElse(null) instanceof Takeover next ? new Outgoing.Switch(head, next) : head);
    }

    @Override
    public final boolean file(Response response, FileBody file) {
        if (isTls) return false;
        send(Outgoing.File.of(response, file));
        return true;
    }

    private void send(Outgoing item) {
        if (!loop().inEventLoop()) {
            try {
                sendItem(item);
            } catch (HawserException gone) {
                unsent(item);
                throw gone;
            }
        } else if (isUsable()) {
            appendMessage(item, item.sizeAtMost());
        } else {
            unsent(item);
        }
    }

    private boolean isUsable() {
        return linkState() == SessionState.OPEN;
    }

    @Override
    protected final int encodedSize(Object item) {
        return ((Outgoing) item).sizeAtMost();
    }

    @Override
    protected final void encode(Object item, ByteBuf to) {
        if (item instanceof Outgoing.Head head) encodeHead(head, to);
        else if (item instanceof Outgoing.Piece piece) encoder.piece(piece.content(), to);
        else if (item instanceof Outgoing.End end) {
            encoder.end(end.trailers(), to);
            finished();
        } else if (item instanceof Outgoing.File file) {
            encodeHead(file.head(), to);
            boolean isCorked = Cork.isFor(file.region().count());
            if (isCorked) Cork.put(channel);
            attach(file.region(), writtenOut(isCorked));
        } else if (item instanceof Outgoing.Switch next) accepted = next; // encoded when it is handed over
        else if (item instanceof Outgoing.Cut cut) encodeCut(cut, to);
        else if (item instanceof Outgoing.Continue) to.writeBytes(Outgoing.Continue.LINE);
        else throw new IllegalArgumentException("a server does not send " + item);
    }

    private void encodeHead(Outgoing.Head head, ByteBuf to) {
        isBegun = true;
        long length = head.length();
        if (!head.isWhole() && length == UNKNOWN_LENGTH) {
            if (isHttp11) length = HeadWriter.CHUNKED_LENGTH;
            else isLast = true; // only its end can end it
        }
        isLast |= head.fields().close() || isDraining || ending != null || refusal != null;
        if (head.isWhole()) isLast |= !body.discard();
        encoder.head(head, length, fate(), to);
        if (head.isWhole() && accepted == null) finished();
    }

    private Fate fate() {
        if (accepted != null) return Fate.UPGRADE;
        if (isLast) return Fate.CLOSE;
        return isHttp11 ? Fate.GOES_ON : Fate.KEEP_ALIVE;
    }

    private void encodeCut(Outgoing.Cut cut, ByteBuf to) {
        if (isBegun) {
            isCut = true;
            isLast = true;
            finished();
            return;
        }
        Response response = Problem.of(cut.why()).response();
        encodeHead(
                Outgoing.Head.of(
                        response,
                        response.body().length().orElse(0),
                        response.body().read(),
                        true),
                to);
    }

    private ChannelPromise writtenOut(boolean isCorked) {
        ChannelPromise written = channel.newPromise();
        written.addListener(result -> {
            if (isCorked) Cork.pull(channel);
            if (!result.isSuccess()) isCut = true;
            finished();
            flushed();
            resumeReading();
        });
        return written;
    }

    /// The answer is out.
    private void finished() {
        request = null;
        exchange = null;
        isLast |= !body.discard();
        if (!isLast && ending == null) answered();
    }

    /// What was encoded is on its way, so the connection may end behind it.
    @Override
    protected final void flushed() {
        if (isCut) {
            abortWith(CloseReason.HANDLER_FAILED);
        } else if (accepted != null) {
            if (request != null) loop().execute(this::handOver);
        } else if (hasEnded()) {
            closeWith(ending == null ? CloseReason.NORMAL : ending);
        }
    }

    /// The 101 leaves only when the next owner has begun: who reads it finds its session there.
    private void handOver() {
        Outgoing.Switch next = accepted;
        Request asked = request;
        if (next == null || asked == null) return;
        if (!isUsable()) {
            leaveUntaken();
            return;
        }
        appendControl(next.head());
        accepted = null;
        exchange = null;
        // The request is under way until then: what came behind it is none.
        ByteBuf first = leave();
        request = null;
        next.to().take(new Takeover.Handover(channel, first, asked));
        channel.flush();
    }

    private void leaveUntaken() {
        Outgoing.Switch next = accepted;
        accepted = null;
        if (next != null) next.to().untaken();
    }

    @Override
    protected final void receivedAll(CloseReason reason) {
        ending = reason;
        if (!isAnswering()) closeWith(reason);
    }

    @Override
    protected final @Nullable Object goodbye(CloseReason reason) {
        Response last = refusal;
        if (last == null) return null;
        refusal = null;
        isLast = true;
        Bytes content = last.body().fromStart().read();
        return Outgoing.Head.of(last, content.size(), content, true);
    }

    /// Who reads nothing of its answer for so long gets a reset, which frees what is queued for it.
    @Override
    protected final void stalled() {
        var _ = channel.config().setOption(ChannelOption.SO_LINGER, 0);
        abortWith(CloseReason.TOO_SLOW);
    }

    @Override
    protected final void unsent(Object item) {
        if (item instanceof Outgoing.File file) file.region().release();
        else if (item instanceof Outgoing.Switch next) next.to().untaken();
    }

    @Override
    protected final void unsendable(Object item) {
        unsent(item);
    }

    @Override
    public final boolean hasRoom() {
        return hasRoomToSend() || !isUsable();
    }

    @Override
    public final void onRoom(Runnable told) {
        roomListener = told;
    }

    @Override
    protected final void sendable() {
        Runnable told = roomListener;
        roomListener = null;
        if (told != null) told.run();
    }

    @Override
    public final void wanted() {
        onLoop(() -> {
            if (isUsable() && isAnswering() && !isBegun) appendControl(new Outgoing.Continue());
        });
    }

    @Override
    public final void roomMade() {
        onLoop(this::resumeReading);
    }

    @Override
    public final void abandoned() {
        onLoop(this::resumeReading);
    }

    private void onLoop(Runnable action) {
        if (loop().inEventLoop()) action.run();
        else loop().execute(action);
    }

    @Override
    protected void released() {
        request = null;
        Exchange under = exchange;
        exchange = null;
        if (under != null) under.cancel();
        leaveUntaken();
    }
}
