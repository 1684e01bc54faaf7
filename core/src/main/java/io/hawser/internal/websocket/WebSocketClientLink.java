package io.hawser.internal.websocket;

import io.hawser.Endpoint;
import io.hawser.ProtocolError;
import io.hawser.http.Status;
import io.hawser.internal.client.ClientLink;
import io.hawser.internal.client.ClientSide;
import io.hawser.internal.client.SendQueue;
import io.hawser.internal.client.Sending;
import io.hawser.internal.http.ResponseHead;
import io.hawser.internal.http.RetryAfter;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.websocket.WebSocketClientConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The client's side of a connection: asks for the upgrade, and speaks WebSocket once it is granted.
///
/// What waits to be sent is let go only when the application has been told of the connection: what it sends
/// then, a subscription for example, comes first.
final class WebSocketClientLink extends WebSocketLink implements ClientLink {
    private static final int FIRST_REFUSAL = 400;
    private static final int FIRST_FAILURE = 500;
    /// To a status of the server, which says whether to come back as a code from 4400 to 4599 does.
    private static final int STATUS_TO_CODE = 4000;
    /// A longer pause is more likely a mistake than a wish.
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final ClientSide side;
    private final ClientHandshake handshake;
    private final long pongTimeoutNanos;
    private final boolean isOnStream;
    private boolean isUpgraded;

    /// @param isOnStream whether the channel is a stream of HTTP/2, on which the request is made already
    WebSocketClientLink(
            SessionRegistry sessions,
            WebSocketSettings settings,
            WebSocketClientConfig client,
            SendQueue queue,
            Channel channel,
            boolean isOnStream) {
        super(sessions, settings, FrameWriter.ofClient(settings.fragmentBytes()), channel);
        this.side = new ClientSide(queue);
        this.handshake = new ClientHandshake(client);
        this.pongTimeoutNanos = client.pongTimeout().toNanos();
        this.isOnStream = isOnStream;
    }

    @Override
    protected void started() {
        if (!isOnStream) appendControl(handshake);
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        if (!isUpgraded) {
            if (isOnStream) in.skipBytes(in.readableBytes()); // of a refusal
            else upgrade(in);
            if (!isUpgraded || !in.isReadable() || !mayDecode()) return;
        }
        super.decode(in, seen);
    }

    private void upgrade(ByteBuf in) {
        ResponseHead answer = ResponseHead.read(in);
        while (answer != null && answer.isInterim()) answer = ResponseHead.read(in);
        if (answer == null) return;
        if (answer.status() != 101) {
            closeWith(refusal(answer, Instant.now()));
            return;
        }
        upgraded(handshake.agree(answer));
    }

    private void upgraded(Agreed agreed) {
        isUpgraded = true;
        open(agreed);
    }

    /// The server has answered on the stream.
    void answered(ResponseHead answer) {
        if (!Status.isSuccess(answer.status())) {
            closeWith(refusal(answer, Instant.now()));
            return;
        }
        try {
            upgraded(handshake.agreeOnStream(answer));
        } catch (ProtocolError e) {
            closeWith(reasonFor(e));
        }
    }

    static CloseReason refusal(ResponseHead answer, Instant now) {
        int status = answer.status();
        String message = "the server answered the handshake with " + status;
        boolean mayComeBack = status == 408 || status == 425 || status == 429 || status >= FIRST_FAILURE;
        if (status < FIRST_REFUSAL) return CloseReason.of(CloseCode.PROTOCOL_ERROR, message);
        if (!mayComeBack) return CloseReason.of(Math.min(STATUS_TO_CODE + status, 4499), message);
        CloseReason reason = CloseReason.of(CloseReason.LOST.code(), message);
        return RetryAfter.of(answer.headers(), now)
                .map(pause -> reason.withRetryAfter(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause))
                .orElse(reason);
    }

    /// Before the upgrade there is no close frame.
    @Override
    protected boolean isFramed() {
        return isUpgraded;
    }

    @Override
    protected void tick(long now) {
        if (isUpgraded) super.tick(now);
        else if (nanosSinceOpened(now) > settings.session().helloTimeout().toNanos()) {
            abortWith(CloseReason.of(CloseReason.LOST.code(), "no answer to the handshake in time"));
        }
    }

    @Override
    long pongTimeoutNanos() {
        return pongTimeoutNanos;
    }

    @Override
    protected int encodedSize(Object item) {
        return item == handshake ? handshake.request().size() : super.encodedSize(item);
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        if (item == handshake) {
            to.writeBytes(handshake.request().asByteBuffer());
            return;
        }
        super.encode(item, to);
        if (item instanceof Sending sending) side.encoded(sending);
    }

    @Override
    @Nullable
    Message message(Object item) {
        return item instanceof Sending sending ? sending.message() : super.message(item);
    }

    /// The application has been told: what waits may go. Thread: any.
    void greeted() {
        outbox().run(() -> side.becameOpen(this, channel));
    }

    @Override
    public void send(Sending sending) {
        sendItem(sending);
    }

    @Override
    public boolean sendKept(Sending sending) {
        return appendMessage(sending, encodedSize(sending));
    }

    @Override
    protected void unsendable(Object item) {
        if (!side.unsendable(item)) super.unsendable(item);
    }

    @Override
    protected ChannelPromise writePromise() {
        return side.writePromise(channel);
    }

    @Override
    protected void unsent(Object item) {
        if (!side.unsent(item)) super.unsent(item);
    }

    @Override
    protected void released() {
        super.released();
        side.released(this, finalReason());
    }

    @Override
    public void awaitOpen(Endpoint endpoint, Duration atMost) {
        side.awaitOpen(this, endpoint, atMost);
    }

    @Override
    public CloseReason awaitEnd() throws InterruptedException {
        return side.awaitEnd(this::awaitOutbox);
    }
}
