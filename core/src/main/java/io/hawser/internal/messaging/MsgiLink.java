package io.hawser.internal.messaging;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.client.Sending;
import io.hawser.internal.link.FrameDecoder;
import io.hawser.internal.pipeline.BoundPipeline;
import io.hawser.internal.session.LentMessage;
import io.hawser.internal.session.SessionLink;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.internal.session.SharedMessage;
import io.hawser.messaging.Frame;
import io.hawser.messaging.FrameType;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.SessionConfig;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One MSGI connection, the part that both sides share: DATA goes to the application, everything else is
/// dealt with here, on the event loop, also while the application is busy.
///
/// The session opens when its mode is known: BARE, where DATA is opaque and the server never pings, or
/// SESSION, after hello and welcome.
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
    private @Nullable FrameCodec codec;
    /// The first CONTROL frame of a side is its greeting, in which the codec is agreed on.
    private boolean hasGreeted;
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

    /// From now on frames may be compressed, if there is a codec.
    final void agree(Optional<FrameCodec> agreed) {
        codec = agreed.orElse(null);
    }

    private MsgiFraming framing() {
        if (mode == Mode.UNDECIDED) return settings.greetingFraming();
        return codec == null ? settings.framing() : settings.compressibleFraming();
    }

    @Override
    protected final void decode(ByteBuf in, int seen) {
        ByteBuffer view = FrameDecoder.view(in);
        do {
            int start = view.position();
            MsgiFraming framing = framing();
            int total = framing.frameSize(view);
            if (total == 0) return;
            int type = view.getShort(start + MsgiFraming.TYPE_AT) & 0xFFFF;
            FrameCodec agreed = codec;
            if (mode != Mode.UNDECIDED && transforms == null && type == FrameType.DATA.code()) {
                int size = total - Frame.HEADER_BYTES;
                if (lends) lend(in, in.readerIndex() + Frame.HEADER_BYTES, size);
                else dispatch(Message.binary(bytes(view, start + Frame.HEADER_BYTES, size)));
            } else if (agreed != null && (type & FrameCodec.COMPRESSED) != 0) {
                boolean isData = type == (FrameCodec.COMPRESSED | FrameType.DATA.code());
                FrameType plain = isData ? FrameType.DATA : FrameType.CONTROL;
                Bytes block = bytes(view, start + Frame.HEADER_BYTES, total - Frame.HEADER_BYTES);
                accept(new Frame(plain, agreed.inflated(block, framing.maxBytes(plain))));
            } else {
                framing.decode(view, 0, this::accept);
            }
            view.position(start + total);
            in.skipBytes(total);
        } while (view.hasRemaining() && mayDecode());
    }

    @Override
    protected final int frameBytes(ByteBuf begun) {
        return MsgiFraming.declaredBytes(begun);
    }

    private static Bytes bytes(ByteBuffer in, int index, int size) {
        byte[] payload = new byte[size];
        in.get(index, payload);
        return Bytes.wrap(payload);
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
        return MsgiFraming.CUT_OFF;
    }

    @Override
    protected final CloseReason reasonForUnfinished() {
        return CloseReason.of(MsgiFraming.BAD_PAYLOAD, "frame not completed in time");
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
    protected final @Nullable ByteBuf payload(Object item) {
        return item instanceof LentMessage lent && isPlain() ? lent.slice() : null;
    }

    @Override
    protected final void encodeHeader(Object item, ByteBuf to) {
        MsgiFraming.encodeHeader(FrameType.DATA, ((LentMessage) item).size(), to);
    }

    private boolean isPlain() {
        return transforms == null && codec == null;
    }

    @Override
    protected final void encode(Object item, ByteBuf to) {
        Message message = message(item);
        FrameCodec agreed = transforms == null ? codec : null;
        if (message instanceof LentMessage lent && isPlain()) {
            MsgiFraming.encodeHeader(FrameType.DATA, lent.size(), to);
            lent.writeTo(to);
        } else if (agreed != null && message instanceof SharedMessage shared && FrameCodec.isWorthFor(shared.size())) {
            to.writeBytes(shared.encodedFor(this, agreed));
            if (item instanceof Sending sending) encoded(sending);
        } else if (message != null) {
            BoundPipeline bound = transforms;
            encodeFrame(
                    codec,
                    FrameType.DATA,
                    bound == null ? message.bytes() : bound.outbound(FrameType.DATA.code(), message.bytes()),
                    to);
            if (item instanceof Sending sending) encoded(sending);
        } else {
            Frame frame = (Frame) item;
            boolean isGreeting = frame.type() == FrameType.CONTROL && !hasGreeted;
            if (isGreeting) hasGreeted = true;
            encodeFrame(isGreeting ? null : codec, frame.type(), frame.payload(), to);
        }
    }

    private static @Nullable Message message(Object item) {
        return item instanceof Sending sending ? sending.message() : item instanceof Message message ? message : null;
    }

    /// `sending` is in this turn's buffer.
    void encoded(Sending sending) {}

    private static void encodeFrame(@Nullable FrameCodec codec, FrameType type, Bytes payload, ByteBuf to) {
        Bytes block = codec == null || !mayBeCompressed(type) ? null : codec.compressed(payload);
        Bytes sent = block == null ? payload : block;
        int size = Frame.HEADER_BYTES + sent.size();
        int code = block == null ? type.code() : type.code() | FrameCodec.COMPRESSED;
        MsgiFraming.encode(code, sent, to.internalNioBuffer(to.writerIndex(), size));
        to.writerIndex(to.writerIndex() + size);
    }

    private static boolean mayBeCompressed(FrameType type) {
        return type == FrameType.DATA || type == FrameType.CONTROL;
    }

    @Override
    protected final @Nullable Object wireForm() {
        if (transforms != null) return null;
        FrameCodec agreed = codec;
        return agreed == null ? WIRE_FORM : agreed;
    }

    @Override
    public final byte[] encodeShared(Message message) {
        FrameCodec agreed = codec;
        Bytes block = agreed == null ? null : agreed.compressed(message.bytes());
        Bytes sent = block == null ? message.bytes() : block;
        int code = block == null ? FrameType.DATA.code() : FrameType.DATA.code() | FrameCodec.COMPRESSED;
        ByteBuffer frame = ByteBuffer.allocate(Frame.HEADER_BYTES + sent.size());
        MsgiFraming.encode(code, sent, frame);
        return frame.array();
    }

    @Override
    protected void released() {
        BoundPipeline bound = transforms;
        if (bound != null) bound.close();
    }

    @Override
    public final String protocol() {
        return "msgi";
    }
}
