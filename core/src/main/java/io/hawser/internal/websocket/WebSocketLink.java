package io.hawser.internal.websocket;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.session.SharedMessage;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

/// What one WebSocket connection sends, and its time limits.
///
/// A close frame of ours waits for that of the peer, while its messages are passed over; after a failure of
/// the protocol nothing of it is looked at any more.
///
/// Source: RFC 6455, sections 5 to 8
public abstract class WebSocketLink extends ReadingLink {
    private static final Object PLAIN = new Object();

    private final FrameWriter writer;
    private boolean peerSaidGoodbye;
    private boolean wasPeerInAMessage;
    private boolean isPongAwaited;
    private long pingedNanos;

    WebSocketLink(SessionRegistry sessions, WebSocketSettings settings, FrameWriter writer, Channel channel) {
        super(sessions, settings, channel);
        this.writer = writer;
        this.pingedNanos = sessions.time().nanoTime();
    }

    /// How long a peer may take to answer a ping; longer, and it is gone.
    abstract long pongTimeoutNanos();

    @Override
    final void closed(CloseReason reason) {
        peerSaidGoodbye = true;
        wasPeerInAMessage = assembly() != null;
        peerDone(reason);
    }

    @Override
    final void pinged(Bytes payload) {
        if (!isGoodbyeSaid()) appendControl(new ControlFrame(Opcode.PONG, payload));
    }

    final boolean hasPeerSaidGoodbye() {
        return peerSaidGoodbye;
    }

    /// Whether it said so between the fragments of a message, the rest of which it may send all the same.
    final boolean wasPeerInAMessage() {
        return wasPeerInAMessage;
    }

    /// Whether the two sides speak in frames by now.
    protected boolean isFramed() {
        return true;
    }

    @Override
    protected final boolean awaitsGoodbye(CloseReason reason) {
        return isFramed() && !peerSaidGoodbye && !CloseCode.isFailure(reason.code());
    }

    /// After the peer's own close frame, its code is the answer.
    @Override
    protected final @Nullable Object goodbye(CloseReason reason) {
        if (!isFramed()) return null;
        return CloseCode.frame(peerSaidGoodbye ? CloseReason.of(reason.code(), "") : reason, subprotocol());
    }

    @Override
    protected CloseReason reasonFor(RuntimeException failure) {
        int code = failure instanceof ProtocolError error && CloseCode.maySend(error.code())
                ? error.code()
                : CloseCode.INTERNAL;
        return CloseReason.of(code, String.valueOf(failure.getMessage()));
    }

    @Override
    protected final CloseReason reasonForTruncation() {
        return CloseReason.LOST;
    }

    @Override
    protected final CloseReason reasonForUnfinished() {
        return CloseReason.of(CloseCode.POLICY, "a message not completed in time");
    }

    @Override
    protected void tick(long now) {
        Assembly begun = assembly();
        if (begun != null) {
            if (isPaused()) begun.sinceNanos = now;
            else if (now - begun.sinceNanos > group.limits().frameTimeout().toNanos()) {
                closeAfterReceived(reasonForUnfinished());
                return;
            }
        }
        long silent = nanosSinceHeard(now);
        if (isPongAwaited && silent < now - pingedNanos) isPongAwaited = false;
        if (silent > group.limits().idleTimeout().toNanos()) {
            closeWith(CloseReason.IDLE);
        } else if (isPongAwaited) {
            if (now - pingedNanos > pongTimeoutNanos()) abort();
        } else if (silent > settings.session().pingAfter().toNanos()
                && now - pingedNanos > settings.session().pingAfter().toNanos()) {
            pingedNanos = now;
            isPongAwaited = true;
            appendControl(new ControlFrame(Opcode.PING, Bytes.EMPTY));
        }
    }

    @Override
    protected int encodedSize(Object item) {
        Message message = message(item);
        return message == null
                ? FrameHeader.LARGEST + ((ControlFrame) item).payload().size()
                : writer.messageBytes(message.size());
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        Message message = message(item);
        Deflation compression = deflation();
        if (message == null) writer.control((ControlFrame) item, to);
        else if (compression != null && compression.isWorthFor(message.size())) {
            compressed(message, compression, to);
        } else {
            writer.message(message, to);
        }
    }

    private void compressed(Message message, Deflation compression, ByteBuf to) {
        if (message instanceof SharedMessage shared && !settings.isClient()) {
            to.writeBytes(shared.encodedFor(this, compression.form()));
            compression.sentForAll();
        } else {
            writer.compressed(message, compression, false, to);
        }
    }

    /// The message that is to be encoded, null if `item` is none.
    @Nullable
    Message message(Object item) {
        return item instanceof Message message ? message : null;
    }

    /// The compression of messages that are for many, which is the same where the terms are.
    @Override
    protected final @Nullable Object wireForm() {
        if (settings.isClient()) return null;
        Deflation compression = deflation();
        return compression == null ? PLAIN : compression.form();
    }

    @Override
    public final byte[] encodeShared(Message message) {
        Deflation compression = deflation();
        ByteBuf frame = channel.alloc().directBuffer(writer.messageBytes(message.size()));
        try {
            if (compression != null && compression.isWorthFor(message.size())) {
                writer.compressed(message, compression, true, frame);
            } else {
                writer.message(message, frame);
            }
            return ByteBufUtil.getBytes(frame);
        } finally {
            frame.release();
        }
    }

    @Override
    protected final void sentShared() {
        Deflation compression = deflation();
        if (compression != null) compression.sentForAll();
    }

    @Override
    public final String protocol() {
        return "websocket";
    }
}
