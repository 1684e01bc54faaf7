package io.hawser.internal.http2;

import io.hawser.http.Headers;
import io.hawser.http.Status;
import io.hawser.internal.http.ResponseHead;
import io.hawser.internal.link.Link;
import io.hawser.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A stream that a client asks for as a connection of its own: the head that answers it is told, and what comes
/// then belongs to its [StreamChannel], as does what is sent.
///
/// It ends when both sides have said all, or when one resets it; its channel with it.
///
/// Thread: the event loop. Source: RFC 8441, section 4
final class ClientTunnel implements AnsweredStream, TunnelStream, SendTurns.Sender {
    private static final int MAX_INTERIM_ANSWERS = 32;

    private final Http2ClientLink link;
    private final StreamChannel channel;
    /// Of which only the window counts, and whether it is closed.
    private final StreamOutput out = new StreamOutput(0);
    private Consumer<ResponseHead> answered = head -> {};
    private @Nullable Link protocol;

    private int id;
    private int interims;
    private boolean isInTurn;
    private boolean hasHead;
    private boolean isOutputEnded;

    ClientTunnel(Http2ClientLink link) {
        this.link = link;
        this.channel = new StreamChannel(this, link.channel());
    }

    /// Begins the link of the protocol on the channel.
    <L extends Link> L begin(Function<Channel, L> links) {
        channel.begin();
        L own = links.apply(channel);
        protocol = own;
        channel.pipeline().addLast(own);
        own.start(null);
        return own;
    }

    /// Asks the server.
    void ask(TunnelRequest request, Consumer<ResponseHead> told) {
        if (isGone()) return;
        answered = told;
        id = link.open(this);
        if (id == 0) {
            gone("the connection takes no more streams");
            return;
        }
        out.growWindow(link.streamWindow());
        link.sendHead(this, request);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public EventLoop loop() {
        return link.channel().eventLoop();
    }

    private boolean isGone() {
        return out.isClosed();
    }

    // --- what comes in ---

    @Override
    public boolean hasHead() {
        return hasHead;
    }

    @Override
    public void head(int status, Headers headers, long bodyLength, boolean endsStream) {
        if (Status.isInformational(status)) {
            if (endsStream || ++interims > MAX_INTERIM_ANSWERS) malformed("too many interim answers");
            return;
        }
        if (hasHead) {
            malformed("a second head");
            return;
        }
        hasHead = true;
        answered.accept(new ResponseHead(status, headers));
        if (endsStream) receivedAll(Headers.EMPTY);
    }

    @Override
    public boolean takeWindow(int bytes) {
        return channel.takeWindow(bytes);
    }

    @Override
    public void giveWindow(int bytes) {
        channel.giveWindow(bytes);
    }

    @Override
    public void data(ByteBuf in, int bytes) {
        if (!hasHead) malformed("data before its head");
        else if (!isGone()) channel.data(in, bytes);
    }

    @Override
    public void receivedAll(Headers trailers) {
        if (!hasHead) {
            malformed("an end before its head");
            return;
        }
        channel.end(trailers);
        endIfDone();
    }

    /// The connection's went back when they came.
    @Override
    public void giveWindow(ReceiveWindow window, int bytes) {
        if (bytes == 0) return;
        int told = window.give(bytes);
        if (told > 0 && !channel.isOver() && !isGone()) link.control(ControlFrame.windowUpdate(id, told));
    }

    @Override
    public void giveConnectionWindow(int bytes) {}

    // --- what goes out ---

    @Override
    public void advance() {
        if (isInTurn || !mayGoOn()) return;
        isInTurn = true;
        link.turns().add(this);
    }

    private boolean mayGoOn() {
        return id != 0 && !isGone() && !isOutputEnded && channel.hasBytes() && out.window() > 0;
    }

    @Override
    public void sendFrame(int allowed) {
        int most = Math.min(Math.min(allowed, out.window()), FrameType.MAX_PAYLOAD_BYTES);
        if (!isGone() && most > 0 && channel.hasBytes()) out.useWindow(channel.sendFrame(most));
    }

    @Override
    public boolean hasMoreToSend() {
        isInTurn = mayGoOn();
        return isInTurn;
    }

    @Override
    public boolean hasOnlyItsEnd() {
        return false;
    }

    @Override
    public void sendData(ByteBuf content, int count) {
        link.sendData(this, content, count);
    }

    @Override
    public boolean growWindow(int bytes) {
        if (!out.growWindow(bytes)) return false;
        advance();
        return true;
    }

    // --- how it ends ---

    @Override
    public void outputEnded() {
        if (isGone() || isOutputEnded) return;
        isOutputEnded = true;
        link.sendEnd(this);
        endIfDone();
    }

    private void endIfDone() {
        if (isOutputEnded && channel.isOver()) end();
    }

    @Override
    public void channelClosed() {
        if (isGone()) return;
        if (channel.isOver()) outputEnded();
        else {
            sayReset(ErrorCode.CANCEL);
            end();
        }
    }

    private void sayReset(int code) {
        if (id != 0) link.control(ControlFrame.reset(id, code));
    }

    @Override
    public void malformed(String what) {
        if (isGone()) return;
        sayReset(ErrorCode.PROTOCOL_ERROR);
        gone("the server broke HTTP/2: " + what);
    }

    @Override
    public void resetByServer(int code) {
        gone("the server has reset the stream, code " + code);
    }

    @Override
    public void leftOut() {
        gone("the server goes away, and has not seen the stream");
    }

    @Override
    public void fail(RuntimeException why) {
        gone(String.valueOf(why.getMessage()));
    }

    /// Ends before its time. The protocol is told why, which the end of its channel would not say.
    private void gone(String why) {
        if (isGone()) return;
        out.close();
        Link own = protocol;
        if (own != null) own.abortWith(CloseReason.of(CloseReason.LOST.code(), why));
        end();
    }

    private void end() {
        out.close();
        channel.abandon();
        link.ended(this);
    }

    /// The protocol has time limits of its own.
    @Override
    public void tick(long now, long idleNanos, long stallNanos) {}
}
