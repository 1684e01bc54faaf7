package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.client.Sending;
import io.hawser.internal.link.FrameDecoder;
import io.hawser.internal.pipeline.BoundPipeline;
import io.hawser.internal.session.LentMessage;
import io.hawser.internal.session.SessionLink;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.SessionConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// One MSGI connection, the part that both sides share: DATA goes to the application, everything else is
/// dealt with here, on the event loop, also while the application is busy.
///
/// The session opens when its mode is known: BARE, where DATA is opaque and the server never pings, or SESSION,
/// after hello and welcome.
abstract class MsgiLink extends SessionLink {
    enum Mode {
        UNDECIDED,
        BARE,
        SESSION
    }

    static final int NO_HELLO = 4010;
    private static final Object WIRE_FORM = new Object();

    protected final MsgiSettings settings;
    protected final SessionConfig config;
    private final boolean lends;
    private Mode mode = Mode.UNDECIDED;
    private @Nullable BoundPipeline transforms;
    private boolean peerSaidGoodbye;
    private long pingedNanos;

    MsgiLink(SessionRegistry sessions, MsgiSettings settings, Channel channel) {
        super(sessions, channel);
        this.settings = settings;
        this.config = sessions.config();
        this.lends = sessions.dispatcher().runsInline();
        this.pingedNanos = sessions.time().nanoTime();
    }

    /// A CONTROL frame before the mode is known.
    abstract void greeted(Bytes payload);

    /// A CONTROL frame in session mode.
    abstract void requested(Bytes payload);

    /// The mode is not known, and it should be by now.
    abstract void greetingLate();

    /// Whether this side pings the peer when it is silent.
    abstract boolean pings();

    final Mode mode() {
        return mode;
    }

    /// Whoever has the session of an open link also sees its mode, which is set before.
    @Override
    public final boolean isGreeted() {
        return mode == Mode.SESSION;
    }

    final void open(Mode decided, @Nullable BoundPipeline bound) {
        mode = decided;
        transforms = bound;
        open();
    }

    private MsgiFraming framing() {
        return mode == Mode.UNDECIDED ? settings.greetingFraming() : settings.framing();
    }

    @Override
    protected final void decode(ByteBuf in, int seen) {
        ByteBuffer view = FrameDecoder.view(in);
        do {
            int start = view.position();
            MsgiFraming framing = framing();
            int total = framing.frameSize(view);
            if (total == 0) return;
            if (mode != Mode.UNDECIDED
                    && transforms == null
                    && view.getShort(start + MsgiFraming.TYPE_AT) == (short) FrameType.DATA.code()) {
                int size = total - Frame.HEADER_BYTES;
                if (lends) lend(in, in.readerIndex() + Frame.HEADER_BYTES, size);
                else dispatch(copied(view, start + Frame.HEADER_BYTES, size));
            } else {
                framing.decode(view, 0, this::accept);
            }
            view.position(start + total);
            in.skipBytes(total);
        } while (view.hasRemaining() && mayDecode());
    }

    private static Message copied(ByteBuffer in, int index, int size) {
        byte[] payload = new byte[size];
        in.get(index, payload);
        return Message.binary(Bytes.wrap(payload));
    }

    private void lend(ByteBuf in, int index, int size) {
        LentMessage message = new LentMessage(false, in, index, size);
        try {
            dispatch(message);
        } finally {
            message.end();
        }
    }

    private void accept(Frame frame) {
        switch (frame.type()) {
            case DATA -> data(frame.payload());
            case PING -> appendControl(new Frame(FrameType.PONG, frame.payload()));
            case CONTROL -> control(frame.payload());
            case ERROR, DISCONNECT -> goodbyeFromPeer(frame.payload());
            case PONG, HEARTBEAT -> {
                // that bytes came at all is what they are for
            }
        }
    }

    private void data(Bytes payload) {
        if (mode == Mode.UNDECIDED) {
            if (!settings.isBareAllowed()) {
                throw new ProtocolError(NO_HELLO, "DATA before the hello", "MSGI, section 2");
            }
            open(Mode.BARE, null);
        }
        BoundPipeline bound = transforms;
        dispatch(Message.binary(bound == null ? payload : bound.inbound(FrameType.DATA.code(), payload)));
    }

    private void control(Bytes payload) {
        switch (mode) {
            case UNDECIDED -> greeted(payload);
            case BARE -> throw new ProtocolError(MsgiFraming.UNKNOWN_TYPE, "CONTROL in bare mode", "MSGI, section 2");
            case SESSION -> requested(payload);
        }
    }

    private void goodbyeFromPeer(Bytes payload) {
        CloseReason reason = Goodbye.parse(payload);
        peerSaidGoodbye = true;
        closeAfterReceived(reason);
    }

    @Override
    protected final @Nullable Object goodbye(CloseReason reason) {
        return peerSaidGoodbye ? null : Goodbye.frame(reason);
    }

    @Override
    protected final CloseReason reasonFor(RuntimeException failure) {
        return failure instanceof ProtocolError error && error.code() >= 4000
                ? CloseReason.of(error.code(), String.valueOf(error.getMessage()))
                : CloseReason.of(MsgiFraming.BAD_PAYLOAD, String.valueOf(failure.getMessage()));
    }

    @Override
    protected final CloseReason reasonForTruncation() {
        return CloseReason.of(MsgiFraming.BAD_PAYLOAD, "frame not completed");
    }

    @Override
    protected final void tick(long now) {
        if (mode == Mode.UNDECIDED) {
            if (nanosSinceOpened(now) > config.helloTimeout().toNanos()) greetingLate();
            return;
        }
        long silent = nanosSinceHeard(now);
        // In session mode pings are answered, so a peer that is not heard of is gone, whatever we send to it.
        if (mode == Mode.SESSION && silent > group.limits().idleTimeout().toNanos()) {
            closeWith(CloseReason.IDLE);
        } else if (pings()
                && silent > config.pingAfter().toNanos()
                && now - pingedNanos > config.pingAfter().toNanos()) {
            pingedNanos = now;
            appendControl(new Frame(FrameType.PING, Bytes.EMPTY));
        }
    }

    @Override
    protected final int encodedSize(Object item) {
        Message message = message(item);
        return message != null
                ? settings.messages().encodedSize(message.size()) + settings.pipelineOverheadBytes()
                : Frame.HEADER_BYTES + ((Frame) item).payload().size();
    }

    @Override
    protected final void encode(Object item, ByteBuf to) {
        Message message = message(item);
        if (transforms == null && message instanceof LentMessage lent) {
            MsgiFraming.encodeHeader(FrameType.DATA, lent.size(), to);
            lent.writeTo(to);
        } else if (message != null) {
            BoundPipeline bound = transforms;
            encodeFrame(
                    FrameType.DATA,
                    bound == null ? message.bytes() : bound.outbound(FrameType.DATA.code(), message.bytes()),
                    to);
            if (item instanceof Sending sending) encoded(sending);
        } else {
            Frame frame = (Frame) item;
            encodeFrame(frame.type(), frame.payload(), to);
        }
    }

    private static @Nullable Message message(Object item) {
        return item instanceof Sending sending ? sending.message() : item instanceof Message message ? message : null;
    }

    /// `sending` is in this turn's buffer.
    void encoded(Sending sending) {}

    private static void encodeFrame(FrameType type, Bytes payload, ByteBuf to) {
        int size = Frame.HEADER_BYTES + payload.size();
        MsgiFraming.encode(type, payload, to.internalNioBuffer(to.writerIndex(), size));
        to.writerIndex(to.writerIndex() + size);
    }

    @Override
    protected final @Nullable Object wireForm() {
        return transforms == null ? WIRE_FORM : null;
    }

    @Override
    protected final byte[] encodeShared(Message message) {
        ByteBuffer frame = ByteBuffer.allocate(settings.messages().encodedSize(message.size()));
        MsgiFraming.encode(FrameType.DATA, message.bytes(), frame);
        return frame.array();
    }

    @Override
    protected void released() {
        BoundPipeline bound = transforms;
        if (bound != null) bound.close();
    }
}
