package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.Cancelled;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.SessionClosed;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.AnswerFault;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.Names;
import io.hawser.internal.http.ReturnPath;
import io.hawser.internal.http.Switched;
import io.hawser.internal.link.Link;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.outbound.ClientCall;
import io.hawser.internal.outbound.ClientConnection;
import io.hawser.internal.tcp.ConnectTimes;
import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection of a client: makes one call after another, never two at once.
///
/// The caller's thread queues an [Ask], which becomes `call` when the event loop encodes it; what is read
/// then belongs to its answer. The answer is told once a turn, so a short one is told whole and wakes its
/// caller once. What a server sends without having been asked ends the connection, and so does whatever
/// comes behind an answer: nobody could say to what it belongs.
///
/// Thread: the event loop's, but for what [ClientConnection] and [BodyPipe.Source] say.
public final class Http1ClientLink extends Link implements ClientConnection, BodyPipe.Source {
    private static final int MAX_INTERIM_ANSWERS = 32;
    private static final long MOST_UNTAKEN_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final CloseReason REFUSED = CloseReason.of(1002, "not an answer of HTTP/1.1");

    private final Http1ClientSettings settings;
    private final Scratch scratch = Scratch.ofThisLoop();
    private final MessageEncoder encoder = new MessageEncoder(scratch);
    private final AnswerParser parser;
    private final ConnectTimes times;
    private final BodyReader body;

    private @Nullable ClientCall call;
    private @Nullable RuntimeException failure;
    private Headers headers = Headers.EMPTY;
    private boolean isAnswered;
    private int interims;
    /// Of the request's body, and not sent yet; below zero where that is not known.
    private long announcedBytes;
    private volatile boolean isUsed;

    /// Whether it goes on in another protocol, whose bytes are for whoever takes the channel.
    private boolean isSwitched;

    private long switchedNanos;
    private final KeepAliveBound idle = new KeepAliveBound();

    Http1ClientLink(LinkGroup group, Http1ClientSettings settings, Channel channel, ConnectTimes times) {
        super(group, channel);
        this.settings = settings;
        this.times = times;
        this.parser = new AnswerParser(settings.limits());
        this.body = new BodyReader(scratch, settings.limits(), this);
    }

    @Override
    protected void started() {
        open();
    }

    @Override
    public boolean isUsable() {
        return linkState() == SessionState.OPEN && !idle.isOver(group.time().nanoTime());
    }

    @Override
    public boolean mayBeStale() {
        return isUsed || nanosSinceOpened(group.time().nanoTime()) > FRESH_NANOS;
    }

    @Override
    public boolean hasSurvived() {
        return false;
    }

    @Override
    public HttpVersion version() {
        return HttpVersion.HTTP_1_1;
    }

    @Override
    public ConnectTimes times() {
        return times;
    }

    @Override
    public void whole(ClientCall asking, Bytes content) {
        long length = content.isEmpty() && !asking.hasBodyByMethod() ? HeadWriter.NO_LENGTH : content.size();
        sendAsk(Ask.of(asking, settings.target(asking), settings.headers(asking), length, content, true));
    }

    @Override
    public void head(ClientCall asking, long length) {
        long framed = length == ReturnPath.UNKNOWN_LENGTH ? HeadWriter.CHUNKED_LENGTH : length;
        sendAsk(Ask.of(asking, settings.target(asking), settings.headers(asking), framed, Bytes.EMPTY, false));
    }

    private void sendAsk(Ask ask) {
        try {
            sendItem(ask);
        } catch (SessionClosed gone) {
            throw new ConnectionLost("the connection to " + ask.call().origin() + " has ended", Processed.NO, gone);
        }
    }

    @Override
    public void piece(ClientCall asking, Bytes piece) {
        sendPart(asking, new Outgoing.Piece(piece));
    }

    @Override
    public void end(ClientCall asking, Headers trailers) {
        sendPart(asking, Outgoing.End.of(trailers));
    }

    private void sendPart(ClientCall asking, Outgoing part) {
        try {
            sendItem(part);
        } catch (SessionClosed gone) {
            throw new ConnectionLost(
                    "the connection to " + asking.origin() + " ended within a request", Processed.MAYBE, gone);
        }
    }

    @Override
    public void cut(ClientCall asking, RuntimeException why) {
        outbox().run(() -> {
            failWith(why);
            RuntimeException first = failure;
            asking.fail(first == null ? why : first);
        });
    }

    @Override
    public void close() {
        abortWith(CloseReason.NORMAL);
    }

    /// Ends everything with `why`. Thread: the event loop.
    private void failWith(RuntimeException why) {
        if (failure == null) failure = why;
        abortWith(CloseReason.LOST);
    }

    @Override
    protected int encodedSize(Object item) {
        return item instanceof Ask ask ? ask.sizeAtMost() : ((Outgoing) item).sizeAtMost();
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        if (item instanceof Ask ask) ask(ask, to);
        else if (item instanceof Outgoing.Piece piece) piece(piece.content(), to);
        else if (item instanceof Outgoing.End end) {
            encoder.end(end.trailers(), to);
            if (call != null) call.sent();
        } else {
            throw new IllegalArgumentException("a client does not send " + item);
        }
    }

    /// A server can answer as soon as it has as many bytes as were announced, before it is said here that this was all.
    private void piece(Bytes content, ByteBuf to) {
        encoder.piece(content, to);
        announcedBytes -= content.size();
        if (announcedBytes == 0 && call != null) call.sent();
    }

    private void ask(Ask ask, ByteBuf to) {
        if (linkState() != SessionState.OPEN) {
            unsent(ask);
            return;
        }
        if (call != null) throw new IllegalStateException("two calls at once on " + this);
        call = ask.call();
        isAnswered = false;
        interims = 0;
        announcedBytes = ask.length();
        encoder.head(ask, to);
        if (ask.isWhole()) ask.call().sent();
    }

    @Override
    protected void unsent(Object item) {
        if (item instanceof Ask ask) {
            ask.call()
                    .fail(new ConnectionLost(
                            "the connection to " + ask.call().origin() + " has ended", Processed.NO, null));
        }
    }

    @Override
    protected void unsendable(Object item) {
        unsent(item);
    }

    /// A server may answer while it still takes the request, and stop taking it until the answer is read.
    @Override
    protected boolean answersInput() {
        return false;
    }

    @Override
    protected boolean wantsInput() {
        return !isSwitched && (!body.isReading() || body.wantsMore());
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        int examined = seen;
        do {
            int before = in.readerIndex();
            if (body.isReading()) body.read(in);
            else if (call == null || isAnswered) throw ServerFaults.unasked();
            else readHead(in, examined);
            if (in.readerIndex() == before) break;
            examined = 0;
        } while (in.isReadable() && mayDecode());
        tell();
    }

    private void readHead(ByteBuf in, int seen) {
        ClientCall asking = call;
        if (asking == null) return;
        asking.heard();
        parser.toHead(asking.isToHead());
        if (parser.read(in, seen, scratch)) headComplete(asking, in.readableBytes());
    }

    private void headComplete(ClientCall asking, int arrived) {
        Headers fields = parser.takeHeaders();
        int status = parser.status();
        if (!Status.isInformational(status)) {
            isAnswered = true;
            headers = fields;
            body.beginAnswer(parser.framing(), fields, arrived);
            return;
        }
        if (status == Status.SWITCHING_PROTOCOLS) {
            switchTo(fields, asking);
            return;
        }
        if (++interims > MAX_INTERIM_ANSWERS) {
            throw new LimitExceeded("interim answers", MAX_INTERIM_ANSWERS, interims, Processed.MAYBE);
        }
        if (status == Status.CONTINUE) asking.mayContinue();
    }

    private void switchTo(Headers fields, ClientCall asking) {
        String named = fields.value(Names.UPGRADE, "");
        if (!asking.wantsUpgrade() || named.isEmpty() || !fields.lists(Names.CONNECTION, "upgrade")) {
            throw ServerFaults.switchedUnasked();
        }
        isSwitched = true;
        switchedNanos = group.time().nanoTime();
        call = null;
        asking.respond(Response.upgrade(new SwitchedLink(this, named)).withHeaders(fields), false);
    }

    /// Leaves the channel to `taker`. Thread: the event loop.
    void give(Switched.Taker taker) {
        if (linkState() == SessionState.OPEN) taker.take(group, channel, leave());
        else taker.gone();
    }

    /// Tells the caller what this turn brought.
    private void tell() {
        ClientCall asking = call;
        if (asking == null || !isAnswered || body.isCollecting()) return;
        if (!asking.isSettled()) {
            boolean isKept = !parser.framing().isLast();
            if (isKept) liesIdle();
            isUsed = true;
            Body content = body.body();
            asking.respond(Response.of(parser.status(), headers, content), isKept);
            headers = Headers.EMPTY;
        }
        if (!body.isReading()) answered();
    }

    private void liesIdle() {
        idle.begin(parser.framing().keepAliveSeconds(), group.time());
    }

    private void answered() {
        if (idle.isSet()) liesIdle();
        call = null;
        isAnswered = false;
    }

    @Override
    protected CloseReason reasonFor(RuntimeException why) {
        RuntimeException told = why instanceof ProtocolError error ? AnswerFault.of(error) : why;
        if (failure == null) failure = told;
        // The answer may be told already, or all but told: what came behind it changes nothing of it.
        if (!body.isReading()) tell();
        settle(told);
        return REFUSED;
    }

    private void settle(RuntimeException why) {
        ClientCall asking = call;
        call = null;
        if (body.isReading()) body.fail(why);
        if (asking != null) asking.fail(why);
    }

    @Override
    protected CloseReason reasonForEnd() {
        if (body.endOfInput()) {
            tell();
            return CloseReason.NORMAL;
        }
        RuntimeException why = lost();
        if (call != null || body.isReading()) {
            if (failure == null) failure = why;
            settle(why);
        }
        return CloseReason.LOST;
    }

    private HawserException lost() {
        return ServerFaults.lost(remote(), call, body);
    }

    @Override
    protected void stalled() {
        failWith(new DeadlineExceeded(remote() + " to take more of a request", Processed.MAYBE));
    }

    @Override
    protected void tick(long now) {
        if (isSwitched && now - switchedNanos > MOST_UNTAKEN_NANOS) abortWith(CloseReason.IDLE);
        if (body.isReading() && body.wantsMore() && nanosSinceHeard(now) > settings.idleNanos()) {
            failWith(new DeadlineExceeded("more of the answer of " + remote(), Processed.MAYBE));
        }
    }

    @Override
    protected void released() {
        if (call == null && !body.isReading()) return;
        RuntimeException why = failure;
        if (why == null && finalReason().equals(CloseReason.NORMAL)) {
            why = new Cancelled("the call was ended by its client", Processed.MAYBE, null);
        }
        settle(why == null ? lost() : why);
    }

    @Override
    public void wanted() {}

    @Override
    public void roomMade() {
        if (channel.eventLoop().inEventLoop()) resumeReading();
        else channel.eventLoop().execute(this::resumeReading);
    }

    @Override
    public void abandoned() {
        roomMade();
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        return null;
    }

    @Override
    public String toString() {
        return "HTTP connection to " + remote();
    }
}
