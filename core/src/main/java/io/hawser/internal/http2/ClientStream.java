package io.hawser.internal.http2;

import io.hawser.Bytes;
import io.hawser.ConnectionLost;
import io.hawser.DeadlineExceeded;
import io.hawser.HawserException.Processed;
import io.hawser.LimitExceeded;
import io.hawser.ProtocolError;
import io.hawser.http.Body;
import io.hawser.http.Headers;
import io.hawser.http.Response;
import io.hawser.http.Status;
import io.hawser.internal.http.BodyPipe;
import io.hawser.internal.http.Burst;
import io.hawser.internal.http.Names;
import io.hawser.internal.outbound.ClientCall;
import io.netty.buffer.ByteBuf;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// One call on a connection of a client.
///
/// What is sent waits in a [StreamOutput] until the windows and the buffers of the connection have room;
/// whoever sends waits while too much does. What comes fills a [BodyPipe]; while that is full, the
/// server gets no new room on this stream, but the connection's goes back at once, so that a body which nobody
/// reads holds up no other call.
///
/// Thread: the event loop, but where it says otherwise.
final class ClientStream implements AnsweredStream, BodyPipe.Source, SendTurns.Sender {
    private static final int MAX_INTERIM_ANSWERS = 32;

    final ClientCall call;
    private final Http2ClientLink link;
    private final StreamOutput out = new StreamOutput(0);
    private final ReceiveWindow receive = new ReceiveWindow(Http2Limits.STREAM_WINDOW_BYTES);

    private int id;
    private boolean isInTurn;
    private boolean isSent;
    private boolean isReceived;
    private int interims;
    private @Nullable Response answer;
    private boolean isAnswered;
    private boolean isBodiless;
    private @Nullable BodyPipe pipe;
    private long length;
    private long received;
    private int withheld;
    private long heardNanos;
    private long progressNanos;

    ClientStream(Http2ClientLink link, ClientCall call) {
        this.link = link;
        this.call = call;
    }

    @Override
    public int id() {
        return id;
    }

    // --- the request, from the thread that sends it ---

    void begin(long bodyLength, Bytes content, boolean isWhole) {
        out.expect(content.size());
        Burst.Place place = call.request().attribute(Burst.PLACE).orElse(null);
        Runnable beginning = () -> beginHere(bodyLength, content, isWhole);
        if (place == null || !isWhole) link.run(beginning);
        else place.join(link, beginning);
    }

    void piece(Bytes piece) {
        out.awaitRoom(call.origin());
        if (isGone()) {
            throw new ConnectionLost(
                    "the connection to " + call.origin() + " ended within a request", Processed.MAYBE, null);
        }
        out.expect(piece.size());
        link.run(() -> {
            if (isGone()) return;
            out.add(piece);
            advance();
        });
    }

    void end(Headers trailers) {
        link.run(() -> {
            if (isGone()) return;
            out.end(trailers);
            advance();
        });
    }

    // --- the request, on the loop ---

    private void beginHere(long bodyLength, Bytes content, boolean isWhole) {
        if (isGone()) return;
        id = link.open(this);
        if (id == 0) {
            fail(new ConnectionLost("the connection to " + call.origin() + " takes no more calls", Processed.NO, null));
            return;
        }
        out.growWindow(link.streamWindow());
        heardNanos = link.lastActivityNanos();
        progressNanos = heardNanos;
        boolean isAll = isWhole && content.isEmpty();
        link.sendHead(this, bodyLength, isAll);
        if (isAll) {
            sentAll();
            return;
        }
        if (!content.isEmpty()) out.add(content);
        if (isWhole) out.end(Headers.EMPTY);
        advance();
    }

    private void sentAll() {
        isSent = true;
        if (isAnswered) endIfBodiless(); // before the caller learns that the connection is free
        call.sent();
        endIfDone();
    }

    private void advance() {
        if (isInTurn || !mayGoOn()) return;
        isInTurn = true;
        link.turns().add(this);
    }

    private boolean mayGoOn() {
        return id != 0 && !isGone() && !isSent && (out.hasBytes() ? out.window() > 0 : out.hasEnd());
    }

    @Override
    public boolean hasOnlyItsEnd() {
        return !out.hasBytes();
    }

    @Override
    public boolean hasMoreToSend() {
        isInTurn = mayGoOn();
        return isInTurn;
    }

    @Override
    public void sendFrame(int allowed) {
        if (isGone()) return;
        progressNanos = link.nowNanos();
        if (!out.hasBytes()) {
            if (out.hasEnd()) {
                link.sendEnd(this, out.trailers());
                sentAll();
            }
            return;
        }
        int most = Math.min(Math.min(allowed, out.window()), FrameType.MAX_PAYLOAD_BYTES);
        if (most <= 0) return;
        Bytes piece = out.take(most);
        boolean isLast = out.isAtEnd();
        link.sendData(this, piece, isLast);
        boolean hasRoom = out.sent(piece.size());
        if (isLast) sentAll();
        else if (hasRoom) out.wakeWriter();
    }

    @Override
    public boolean growWindow(int bytes) {
        if (!out.growWindow(bytes)) return false;
        advance();
        return true;
    }

    // --- the answer ---

    @Override
    public boolean hasHead() {
        return answer != null;
    }

    @Override
    public void head(int status, Headers headers, long bodyLength, boolean endsStream) {
        call.heard();
        heardNanos = link.nowNanos();
        if (Status.isInformational(status)) {
            interim(status, endsStream);
            return;
        }
        if (answer != null) {
            broken("a second head");
            return;
        }
        isBodiless = call.isToHead() || Status.isBodiless(status);
        length = isBodiless ? -1 : bodyLength;
        Body body = Body.empty();
        if (!endsStream && !isBodiless) {
            OptionalLong said = bodyLength < 0 ? OptionalLong.empty() : OptionalLong.of(bodyLength);
            pipe = new BodyPipe(this, said, headers.first(Names.CONTENT_TYPE), false, Long.MAX_VALUE);
            body = pipe;
        }
        answer = Response.of(status, headers, body);
        link.tellLater(this);
        if (endsStream) receivedAll(Headers.EMPTY);
    }

    private void interim(int status, boolean endsStream) {
        if (endsStream || status == Status.SWITCHING_PROTOCOLS) broken("an interim answer that is the last");
        else if (++interims > MAX_INTERIM_ANSWERS) {
            resetWith(new LimitExceeded("interim answers", MAX_INTERIM_ANSWERS, interims, Processed.MAYBE));
        } else if (status == Status.CONTINUE) call.mayContinue();
    }

    /// Tells the caller, once in a turn.
    void tell() {
        Response told = answer;
        if (told == null || isAnswered) return;
        endIfBodiless();
        isAnswered = true;
        call.respond(told, true);
    }

    /// Ends a stream that the server leaves open although nothing can follow: for the caller it is over.
    private void endIfBodiless() {
        if (!isBodiless || !isSent || isReceived || isGone()) return;
        link.control(ControlFrame.reset(id, ErrorCode.CANCEL));
        gone();
    }

    @Override
    public boolean takeWindow(int bytes) {
        return receive.take(bytes);
    }

    @Override
    public void giveWindow(int bytes) {
        if (bytes == 0) return;
        int told = receive.give(bytes);
        if (told > 0 && !isReceived && !isGone()) link.control(ControlFrame.windowUpdate(id, told));
    }

    @Override
    public void data(ByteBuf in, int bytes) {
        heardNanos = link.nowNanos();
        received += bytes;
        BodyPipe reader = pipe;
        if (answer == null) {
            broken("a body before its head");
        } else if (length >= 0 && received > length) {
            broken("a body longer than it said");
        } else if (reader == null || reader.isClosed()) {
            giveWindow(bytes);
        } else {
            byte[] piece = new byte[bytes];
            in.readBytes(piece);
            reader.offer(Bytes.wrap(piece));
            if (reader.hasRoom()) giveWindow(bytes);
            else withheld += bytes;
        }
    }

    @Override
    public void receivedAll(Headers trailers) {
        if (answer == null) {
            broken("an end before its head");
            return;
        }
        if (length >= 0 && received != length && !call.isToHead()) {
            broken("a body of " + received + " of " + length + " bytes");
            return;
        }
        isReceived = true;
        BodyPipe reader = pipe;
        if (reader != null) reader.end(trailers);
        endIfDone();
    }

    private void endIfDone() {
        if (!isSent || !isReceived || isGone()) return;
        tell();
        gone();
    }

    /// Nobody reads any more, which the end of the lease takes care of.
    @Override
    public void abandoned() {
        roomMade();
    }

    @Override
    public void wanted() {}

    @Override
    public void roomMade() {
        link.run(() -> {
            int bytes = withheld;
            withheld = 0;
            giveWindow(bytes);
        });
    }

    // --- the end ---

    private void broken(String what) {
        resetWith(new ProtocolError(
                Status.BAD_GATEWAY, "the server sent no valid answer: " + what, "RFC 9113, section 8.1"));
    }

    @Override
    public void malformed(String what) {
        broken(what);
    }

    /// Ends the stream here, and tells the server.
    void resetWith(RuntimeException why) {
        if (isGone()) return;
        if (id != 0) link.control(ControlFrame.reset(id, ErrorCode.CANCEL));
        fail(why);
    }

    /// Whether all of the answer is there, though its end has not been said.
    private boolean isWhole() {
        return answer != null && (isBodiless || (length >= 0 && received == length));
    }

    @Override
    public void resetByServer(int code) {
        // All was said, and it wants no more of the request, for whatever reason: that is no failure. Node may say
        // so in place of the end.
        if (isReceived || (code == ErrorCode.NO_ERROR && isWhole())) {
            if (!isReceived) receivedAll(Headers.EMPTY);
            if (isGone()) return;
            tell();
            gone();
            return;
        }
        tell(); // a head that has come is an answer, whatever becomes of its body
        boolean isRefused = code == ErrorCode.REFUSED_STREAM;
        fail(new ConnectionLost(
                call.origin() + (isRefused ? " refused the stream" : " reset the stream with code " + code),
                isRefused ? Processed.NO : Processed.MAYBE,
                null));
    }

    @Override
    public void leftOut() {
        fail(new ConnectionLost(call.origin() + " went away before the call", Processed.NO, null));
    }

    @Override
    public void fail(RuntimeException why) {
        if (isGone()) return;
        BodyPipe reader = pipe;
        if (reader != null) reader.fail(why);
        gone();
        call.fail(why);
    }

    private void gone() {
        out.close();
        out.wakeWriter();
        link.ended(this);
    }

    boolean isGone() {
        return out.isClosed();
    }

    @Override
    public void tick(long now, long idleNanos, long stallNanos) {
        BodyPipe reader = pipe;
        if (reader != null && !isReceived && reader.hasRoom() && now - heardNanos > idleNanos) {
            resetWith(new DeadlineExceeded("more of the answer of " + call.origin(), Processed.MAYBE));
        } else if (out.hasBytes() && now - progressNanos > stallNanos) {
            resetWith(new DeadlineExceeded(call.origin() + " to take more of a request", Processed.MAYBE));
        }
    }
}
