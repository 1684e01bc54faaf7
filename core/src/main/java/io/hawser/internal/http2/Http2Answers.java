package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.internal.http1.HeadLimits;
import io.netty.buffer.ByteBuf;

/// What the frames of a server mean to a client's connection: they answer calls, open windows and end things.
///
/// Thread: the event loop. Source: RFC 9113, sections 5, 6 and 8
final class Http2Answers implements FrameHandler {
    private static final int MAX_TRIFLES_AT_ONCE = 1000;
    private static final int MAX_TRIFLES_PER_SECOND = 100;

    private final Http2ClientLink link;
    private final AnswerFields head;
    private final FieldReader fields;
    private final PeerSettings peer = new PeerSettings();
    private final Allowance trifles;
    private int windowBytes = Http2Limits.FIRST_WINDOW_BYTES;
    private int maxStreams = Integer.MAX_VALUE;

    Http2Answers(Http2ClientLink link, HeadLimits limits) {
        this.link = link;
        this.head = new AnswerFields(limits);
        this.fields = new FieldReader(head, limits);
        this.trifles = new Allowance(MAX_TRIFLES_AT_ONCE, MAX_TRIFLES_PER_SECOND, link.lastActivityNanos());
    }

    /// What a new stream may send.
    int streamWindow() {
        return windowBytes;
    }

    @Override
    public void headers(int id, ByteBuf block, boolean endsStream, boolean dependsOnItself) {
        AnsweredStream stream = link.find(id);
        if (stream == null && link.isIdle(id)) throw bad("an answer to nothing", "5.1");
        boolean isTrailer = stream != null && endsStream && stream.hasHead();
        head.begin(isTrailer);
        boolean fits = fields.read(id, block); // the table that it changes is that of the connection
        if (stream == null) return;
        if (!fits) stream.malformed("a head of too many or too long fields");
        else if (head.whyMalformed() != null) stream.malformed(head.whyMalformed());
        else if (isTrailer) stream.receivedAll(head.takeHeaders());
        else stream.head(head.status(), head.takeHeaders(), head.contentLength(), endsStream);
    }

    private static RuntimeException bad(String what, String section) {
        return ErrorCode.connection(ErrorCode.PROTOCOL_ERROR, what, section);
    }

    @Override
    public void dataBegins(int id, int flowBytes, int contentBytes, boolean isLast) {
        link.takeWindow(flowBytes);
        link.giveWindow(flowBytes);
        if (contentBytes == 0 && !isLast) count("empty frames");
        AnsweredStream stream = link.find(id);
        if (stream == null) {
            if (link.isIdle(id)) throw bad("DATA on a stream that was never opened", "5.1");
        } else if (!stream.takeWindow(flowBytes)) {
            throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "more than the window allows", "5.2.1");
        } else {
            stream.giveWindow(flowBytes - contentBytes);
        }
    }

    @Override
    public void data(int id, ByteBuf in, int bytes) {
        AnsweredStream stream = link.find(id);
        if (stream != null) stream.data(in, bytes);
    }

    @Override
    public void dataEnds(int id) {
        AnsweredStream stream = link.find(id);
        if (stream != null) stream.receivedAll(Headers.EMPTY);
    }

    @Override
    public void reset(int id, int code) {
        AnsweredStream stream = link.find(id);
        if (stream != null) stream.resetByServer(code);
        else if (link.isIdle(id)) throw bad("RST_STREAM of a stream that was never opened", "5.1");
        count("resets");
    }

    @Override
    public void setting(int id, long value) {
        if (id == SettingId.MAX_CONCURRENT_STREAMS) maxStreams = (int) Math.min(value, Integer.MAX_VALUE);
        else peer.set(id, value);
    }

    @Override
    public void settingsEnd() {
        link.control(ControlFrame.SETTINGS_ACK);
        int more = peer.windowBytes() - windowBytes;
        windowBytes = peer.windowBytes();
        for (AnsweredStream stream : link.all()) {
            if (more != 0 && !stream.growWindow(more)) {
                throw ErrorCode.connection(ErrorCode.FLOW_CONTROL_ERROR, "a window of over 2^31-1", "6.9.2");
            }
        }
        link.settled(maxStreams, peer.tableBytes(), peer.takesTunnels());
        count("settings");
    }

    @Override
    public void settingsAcknowledged() {
        count("acknowledged settings");
    }

    @Override
    public void ping(long payload) {
        link.control(ControlFrame.pong(payload));
        count("pings");
    }

    @Override
    public void pong(long payload) {
        link.ponged();
        count("pongs");
    }

    @Override
    public void goAway(int lastStream, int code) {
        link.serverLeaves(lastStream);
    }

    @Override
    public void windowUpdate(int id, int increment) {
        if (id == 0) {
            link.turns().grow(increment);
            return;
        }
        AnsweredStream stream = link.find(id);
        if (stream == null && link.isIdle(id)) throw bad("a window of a stream that was never opened", "5.1");
        if (stream != null && !stream.growWindow(increment)) stream.malformed("a window of over 2^31-1");
    }

    @Override
    public void streamError(int id, int code) {
        AnsweredStream stream = link.find(id);
        if (stream != null) stream.malformed("a malformed frame");
    }

    @Override
    public void ignored(int id) {
        count("frames without a meaning");
    }

    /// @throws io.hawser.ProtocolError if the server has done it too often
    private void count(String what) {
        if (trifles.take(link.lastActivityNanos())) return;
        throw ErrorCode.connection(ErrorCode.ENHANCE_YOUR_CALM, "too many " + what, "10.5");
    }
}
