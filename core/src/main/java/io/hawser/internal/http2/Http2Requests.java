package io.hawser.internal.http2;

import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Problem;
import io.hawser.http.Request;
import io.hawser.http.Status;
import io.hawser.internal.http.HttpParts;
import io.hawser.internal.http2.StreamTable.End;
import io.netty.buffer.ByteBuf;

/// What the frames of a client mean to its connection: they open streams, fill the bodies of requests, open
/// windows and end things.
///
/// Whatever costs a client little and us much is counted against an [Allowance].
///
/// Thread: the event loop. Source: RFC 9113, sections 5, 6 and 8
final class Http2Requests implements FrameHandler {
    private static final int MAX_RESETS_AT_ONCE = 1000;
    private static final int MAX_RESETS_PER_SECOND = 33;
    private static final int MAX_TRIFLES_AT_ONCE = 1000;
    private static final int MAX_TRIFLES_PER_SECOND = 100;

    private final Http2Link link;
    private final StreamTable streams;
    private final HeadParser head;
    private final FieldReader fields;
    private final PeerSettings peer = new PeerSettings();
    /// What a new stream may send, as of the last settings.
    private int windowBytes = Http2Limits.FIRST_WINDOW_BYTES;

    private final Allowance resets;
    private final Allowance trifles;

    Http2Requests(Http2Link link, StreamTable streams, long nowNanos) {
        this.link = link;
        this.streams = streams;
        this.head = new HeadParser(link.settings().limits());
        this.fields = new FieldReader(head, link.settings().limits());
        this.resets = new Allowance(MAX_RESETS_AT_ONCE, MAX_RESETS_PER_SECOND, nowNanos);
        this.trifles = new Allowance(MAX_TRIFLES_AT_ONCE, MAX_TRIFLES_PER_SECOND, nowNanos);
    }

    @Override
    public void headers(int id, ByteBuf block, boolean endsStream, boolean dependsOnItself) {
        Http2Stream stream = streams.find(id);
        if (stream != null) trailers(stream, block, endsStream);
        else if (streams.isIdle(id)) head(id, block, endsStream, dependsOnItself);
        else tooLate(id, block);
    }

    private void head(int id, ByteBuf block, boolean endsStream, boolean dependsOnItself) {
        if ((id & 1) == 0) throw bad("a stream of a client with an even number", "5.1.1");
        streams.use(id);
        head.beginHead();
        boolean fits = fields.read(id, block);
        head.endHead();
        link.greeted();
        if (streams.count() >= Http2Limits.MAX_STREAMS || link.isLeaving()) {
            refuse(id, ErrorCode.REFUSED_STREAM);
        } else if (dependsOnItself
                || (fits && head.whyMalformed() != null)
                || (endsStream && head.contentLength() > 0)) {
            refuse(id, ErrorCode.PROTOCOL_ERROR);
        } else {
            open(new Http2Stream(id, link, windowBytes, head.isToHead()), fits, endsStream);
        }
    }

    private void refuse(int id, int code) {
        link.control(ControlFrame.reset(id, code));
        streams.end(id, End.RESET_BY_US);
        count(resets, "resets");
    }

    private void open(Http2Stream stream, boolean fits, boolean endsStream) {
        streams.put(stream);
        int refusal = fits ? head.refusal() : Status.REQUEST_HEADER_FIELDS_TOO_LARGE;
        Headers headers = refusal == 0 ? head.takeHeaders() : Headers.EMPTY;
        RequestBody body = null;
        if (head.isForTunnel() && !endsStream) {
            stream.expect(new StreamChannel(stream, link.channel()));
        } else if (!endsStream) {
            body = new RequestBody(
                    stream, head.contentLength(), headers, head.expectsContinue(), link.lastActivityNanos());
            stream.expect(body);
        }
        if (refusal != 0) stream.refuse(Problem.of(refusal).response());
        else if (body != null && body.isCollecting()) stream.await(request(headers, Body.empty()), body);
        else stream.begin(request(headers, body == null ? Body.empty() : body.body()));
    }

    private Request request(Headers headers, Body body) {
        return HttpParts.trusted().request(head.method(), head.path(), headers, body, link.peer());
    }

    private void trailers(Http2Stream stream, ByteBuf block, boolean endsStream) {
        head.beginTrailer();
        boolean fits = fields.read(stream.id, block);
        StreamInput input = stream.arriving();
        if (input == null) {
            fail(stream, ErrorCode.STREAM_CLOSED);
        } else if (!endsStream || !fits || head.whyMalformed() != null) {
            fail(stream, ErrorCode.PROTOCOL_ERROR);
        } else {
            input.end(head.takeHeaders());
            stream.requestEnded();
        }
    }

    private void tooLate(int id, ByteBuf block) {
        End how = streams.howEnded(id);
        if (how == End.DONE) throw closed();
        if (how == End.UNKNOWN) throw bad("a stream with a lower number than one before", "5.1.1");
        head.beginTrailer();
        var _ = fields.read(id, block); // the table that it changes is that of the connection
        if (how == End.RESET_BY_PEER) refuse(id, ErrorCode.STREAM_CLOSED);
    }

    private static RuntimeException closed() {
        return ErrorCode.connection(ErrorCode.STREAM_CLOSED, "a frame on a stream that has ended", "5.1");
    }

    private static RuntimeException bad(String what, String section) {
        return ErrorCode.connection(ErrorCode.PROTOCOL_ERROR, what, section);
    }

    @Override
    public void dataBegins(int id, int flowBytes, int contentBytes, boolean isLast) {
        link.takeWindow(flowBytes);
        if (contentBytes == 0 && !isLast) count(trifles, "empty frames");
        int padding = flowBytes - contentBytes;
        Http2Stream stream = streams.find(id);
        StreamInput input = stream == null ? null : stream.arriving();
        if (stream == null) dataTooLate(id);
        else if (input == null) fail(stream, ErrorCode.STREAM_CLOSED);
        else if (!input.takeWindow(flowBytes)) fail(stream, ErrorCode.FLOW_CONTROL_ERROR);
        else {
            input.giveWindow(padding);
            return;
        }
        link.giveWindow(padding);
    }

    private void dataTooLate(int id) {
        if (streams.isIdle(id)) throw bad("DATA on a stream that was never opened", "5.1");
        switch (streams.howEnded(id)) {
            case DONE -> throw closed();
            case RESET_BY_PEER, UNKNOWN -> refuse(id, ErrorCode.STREAM_CLOSED);
            case RESET_BY_US -> {
                // it was on its way
            }
        }
    }

    @Override
    public void data(int id, ByteBuf in, int bytes) {
        Http2Stream stream = streams.find(id);
        StreamInput input = stream == null ? null : stream.arriving();
        if (input == null) link.giveWindow(bytes);
        else input.data(in, bytes);
    }

    @Override
    public void dataEnds(int id) {
        Http2Stream stream = streams.find(id);
        StreamInput input = stream == null ? null : stream.arriving();
        if (stream == null || input == null) return;
        input.end(Headers.EMPTY);
        stream.requestEnded();
    }

    /// Ends `stream`, which has broken a rule.
    void fail(Http2Stream stream, int code) {
        stream.reset(code);
        count(resets, "resets");
    }

    @Override
    public void reset(int id, int code) {
        Http2Stream stream = streams.find(id);
        if (stream != null) stream.end(End.RESET_BY_PEER);
        else if (streams.isIdle(id)) throw bad("RST_STREAM of a stream that was never opened", "5.1");
        count(resets, "resets");
    }

    @Override
    public void setting(int id, long value) {
        peer.set(id, value);
    }

    @Override
    public void settingsEnd() {
        link.tableBytes(peer.tableBytes());
        link.control(ControlFrame.SETTINGS_ACK);
        int more = peer.windowBytes() - windowBytes;
        windowBytes = peer.windowBytes();
        if (more != 0) growWindows(more);
        count(trifles, "settings");
    }

    private void growWindows(int bytes) {
        for (Http2Stream stream : streams.copy()) {
            if (!stream.growWindow(bytes)) {
                throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window of over 2^31-1", "6.9.2");
            }
        }
    }

    @Override
    public void settingsAcknowledged() {
        count(trifles, "acknowledged settings");
    }

    @Override
    public void ping(long payload) {
        link.control(ControlFrame.pong(payload));
        count(trifles, "pings");
    }

    @Override
    public void pong(long payload) {
        link.ponged(payload);
        count(trifles, "pongs");
    }

    @Override
    public void goAway(int lastStream, int code) {
        link.peerLeaves();
    }

    @Override
    public void windowUpdate(int id, int increment) {
        if (id == 0) {
            link.turns().grow(increment);
            return;
        }
        Http2Stream stream = streams.find(id);
        if (stream == null && streams.isIdle(id)) throw bad("a window of a stream that was never opened", "5.1");
        if (stream != null && !stream.growWindow(increment)) fail(stream, ErrorCode.FLOW_CONTROL_ERROR);
    }

    @Override
    public void streamError(int id, int code) {
        Http2Stream stream = streams.find(id);
        if (stream != null) fail(stream, code);
        else if (streams.isIdle(id)) throw ErrorCode.connection(code, "a malformed frame on no stream", "5.4.1");
        else refuse(id, code);
    }

    @Override
    public void ignored(int id) {
        count(trifles, "frames without a meaning");
    }

    /// @throws io.hawser.ProtocolError if the peer has done it too often
    private void count(Allowance allowance, String what) {
        if (allowance.take(link.lastActivityNanos())) return;
        throw ErrorCode.connection(ErrorCode.ENHANCE_YOUR_CALM, "too many " + what, "10.5");
    }
}
