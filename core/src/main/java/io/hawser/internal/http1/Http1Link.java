package io.hawser.internal.http1;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.HawserException.Processed;
import io.hawser.ProtocolError;
import io.hawser.http.Headers;
import io.hawser.http.HttpVersion;
import io.hawser.http.Peer;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.ConnectionPeer;
import io.hawser.internal.http.Exchange;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.link.LinkGroup;
import io.hawser.internal.tcp.Refusal;
import io.hawser.internal.tcp.Visitor;
import io.hawser.session.CloseReason;
import io.hawser.tcp.ShedCause;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One HTTP/1.1 connection of a server: reads requests, one at a time, and has each answered before it
/// reads on.
///
/// What is read belongs to a head, to a body, or to nobody yet: while an answer is under way and the body
/// of its request is whole, nothing is decoded, so pipelined requests are answered in their order and a
/// peer that does not read its answers is not asked for more. What is answered goes through [Http1Answers].
///
/// What cannot be understood ends the connection behind one last answer that says so, and nothing behind it
/// is read: where it would begin is not known.
///
/// Thread: the event loop's, but for what [io.hawser.internal.http.BodyPipe.Source] says.
public final class Http1Link extends Http1Answers {
    private static final int REFUSED = 4000;
    /// How long a drained connection that was busy lately may still bring a request that was on its way.
    private static final long LATE_REQUEST_MILLIS = 1000;

    private static final long LATELY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final HttpSettings settings;
    private final RequestParser parser;
    private final BodyRate rate;
    private final @Nullable Visitor visitor;
    private @Nullable Peer peer;
    private Headers headers = Headers.EMPTY;
    private boolean hasGreeted;
    private boolean isInHead;
    private long headBegunNanos;
    private boolean isPending;
    private boolean isDiscarding;

    Http1Link(LinkGroup group, HttpSettings settings, Channel channel) {
        super(group, channel, settings);
        this.settings = settings;
        this.parser = new RequestParser(settings.limits());
        this.visitor = Visitor.of(channel);
        this.rate = new BodyRate(settings.minBodyBytesPerSecond());
    }

    /// Serves on `channel`.
    ///
    /// Owner: releases `first`. Thread: its event loop.
    public static Http1Link serve(LinkGroup group, HttpSettings settings, Channel channel, @Nullable ByteBuf first) {
        Http1Link link = new Http1Link(group, settings, channel);
        channel.pipeline().addLast(link);
        link.start(first);
        return link;
    }

    /// What one connection too many is told, whatever it asks.
    public static byte[] refusal(Refusal why) {
        Problem problem = Problem.of(why.status(), why.toString()).withRetryAfter(Duration.ofSeconds(1));
        Response response = problem.response();
        Bytes content = response.body().bytes();
        String head = "HTTP/1.1 " + problem.status() + " " + Status.phrase(problem.status()) + "\r\nContent-Length: "
                + content.size() + "\r\n"
                + "Connection: close\r\n";
        byte[] fields = EncodedFields.of(response.headers()).toLines();
        return Bytes.concat(Bytes.ofUtf8(head), Bytes.wrap(fields), Bytes.ofUtf8("\r\n"), content)
                .toArray();
    }

    @Override
    protected void started() {
        open();
        headBegunNanos = lastActivityNanos();
    }

    @Override
    protected boolean wantsInput() {
        return body.isReading() ? body.wantsMore() : !isAnswering() && !hasEnded();
    }

    @Override
    protected boolean isWorking() {
        return isAnswering() && !(body.isReading() && body.isListening());
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        int examined = seen;
        do {
            int before = in.readerIndex();
            if (!body.isReading() && !readHead(in, examined)) return;
            if (body.isReading()) readBody(in);
            if (isPending && !body.isCollecting()) handle();
            if (in.readerIndex() == before) return;
            examined = 0;
        } while (in.isReadable() && mayDecode());
    }

    /// @return whether a head is complete
    private boolean readHead(ByteBuf in, int seen) {
        if (!isInHead) {
            isInHead = true;
            isDiscarding = false;
            headBegunNanos = lastActivityNanos();
        }
        if (!parser.read(in, seen, scratch)) return false;
        headComplete();
        return true;
    }

    private void headComplete() {
        isInHead = false;
        if (!hasGreeted) {
            hasGreeted = true;
            settings.door().settled(channel);
        }
        headers = parser.takeHeaders();
        begin(parser.isHttp11(), parser.framing().isLast());
        body.begin(parser.framing(), headers, settings.maxBodyBytes());
        if (body.isReading()) rate.begin(lastActivityNanos());
        isPending = true;
    }

    private void readBody(ByteBuf in) {
        try {
            body.read(in);
        } catch (RuntimeException failure) {
            failBody(failure);
            throw failure;
        }
    }

    /// Who is still to answer learns of it here, and answers it himself.
    private void failBody(RuntimeException failure) {
        isDiscarding |= isAnswering();
        last();
        body.fail(failure);
    }

    private void handle() {
        isPending = false;
        Request request = HttpParts.trusted().request(parser.method(), parser.target(), headers, body.body(), peer());
        headers = Headers.EMPTY;
        countReceived();
        answering(request);
        answeredBy(Exchange.begin(settings.engine(), visitor, request, this));
    }

    private Peer peer() {
        Peer known = peer;
        if (known == null) {
            known = ConnectionPeer.of(channel, HttpVersion.HTTP_1_1);
            peer = known;
        }
        return parser.isHttp11() ? known : known.withVersion(HttpVersion.HTTP_1_0);
    }

    @Override
    protected void answered() {
        isDiscarding = body.isReading();
        if (isDraining()) lastWords();
    }

    @Override
    protected CloseReason reasonFor(RuntimeException failure) {
        isPending = false;
        isInHead = false;
        if (!isAnswering() && !isDiscarding) refuse(problem(failure).response());
        return CloseReason.of(REFUSED, String.valueOf(failure.getMessage()));
    }

    private static Problem problem(RuntimeException failure) {
        return failure instanceof ProtocolError error && Status.isError(error.code())
                ? Problem.of(error.code(), String.valueOf(error.getMessage()))
                : Problem.of(failure);
    }

    private void refused(RuntimeException failure) {
        failBody(failure);
        closeAfterReceived(reasonFor(failure));
    }

    @Override
    protected CloseReason reasonForEnd() {
        askerEnded();
        if (body.isReading()) {
            ConnectionLost lost =
                    new ConnectionLost("the peer ended the connection within a body", Processed.MAYBE, null);
            failBody(lost);
            isPending = false;
            return CloseReason.LOST;
        }
        return isInHead ? reasonFor(BadHttp.request("a head that does not end")) : CloseReason.NORMAL;
    }

    @Override
    protected void tick(long now) {
        if (body.isReading()) {
            if (rate.isTooSlow(now, body.received(), body.isListening())) {
                settings.door().shed(ShedCause.SLOW_BODY);
                refused(new ProtocolError(408, "body too slow", "RFC 9110, section 15.5.9"));
            }
        } else if ((isInHead || !hasGreeted) && now - headBegunNanos > settings.headTimeoutNanos()) {
            settings.door().shed(ShedCause.SLOW_HEAD);
            if (isInHead) refused(new ProtocolError(408, "head too slow", "RFC 9110, section 15.5.9"));
            else closeWith(CloseReason.IDLE);
        }
    }

    /// Answers what is under way, or was on its way already, with `Connection: close`; an idle connection
    /// ends at once.
    @Override
    protected void drain(CloseReason reason) {
        draining();
        if (!isAnswering() && !isPending && !isInHead) lastWords();
    }

    private void lastWords() {
        if (group.time().nanoTime() - lastActivityNanos() > LATELY_NANOS) {
            closeWith(CloseReason.DRAIN);
            return;
        }
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (!isAnswering() && !isPending && !isInHead) closeWith(CloseReason.DRAIN);
                        },
                        LATE_REQUEST_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void released() {
        super.released();
        if (body.isReading()) {
            body.fail(new ConnectionLost("the connection ended within a body", Processed.MAYBE, null));
        }
    }

    @Override
    public String toString() {
        return "HTTP connection with " + remote();
    }
}
