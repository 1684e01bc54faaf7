package io.hawser.internal.websocket;

import io.hawser.Bytes;
import io.hawser.ProtocolError;
import io.hawser.internal.link.FrameDecoder;
import io.hawser.internal.session.HeldMessage;
import io.hawser.internal.session.LentMessage;
import io.hawser.internal.session.SessionLink;
import io.hawser.internal.session.SessionRegistry;
import io.hawser.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What one WebSocket connection reads, after its handshake. Messages go to the application; pings and
/// closes are dealt with here, on the event loop, also between the frames of a message and while the
/// application is busy.
///
/// A message that is whole in what was read is unmasked, checked and handed on where it lies. One that is
/// not is taken in, piece by piece, by an [Assembly]: there is one only while a message is under way.
///
/// Source: RFC 6455, sections 5 to 8
abstract class ReadingLink extends SessionLink {
    /// A millisecond's work or less.
    private static final long MOST_INFLATED_BYTES = 256 << 10;
    private static final long PAUSE_MILLIS = 1;

    protected final WebSocketSettings settings;
    private final boolean lends;
    private @Nullable Assembly assembly;
    private @Nullable Deflation deflation;
    private @Nullable String subprotocol;
    /// Since the last pause.
    private long inflatedBytes;

    ReadingLink(SessionRegistry sessions, WebSocketSettings settings, Channel channel) {
        super(sessions, channel);
        this.settings = settings;
        this.lends = sessions.dispatcher().runsInline();
    }

    /// The peer's close frame has come.
    abstract void closed(CloseReason reason);

    abstract void pinged(Bytes payload);

    /// The handshake is done. Thread: the event loop.
    final void open(Agreed agreed) {
        subprotocol = agreed.subprotocol().orElse(null);
        deflation = agreed.deflate().map(Deflation::new).orElse(null);
        open();
    }

    /// What the two sides speak inside messages, if they agreed on something.
    final @Nullable String subprotocol() {
        return subprotocol;
    }

    public final Optional<String> agreedSubprotocol() {
        return Optional.ofNullable(subprotocol);
    }

    final @Nullable Deflation deflation() {
        return deflation;
    }

    /// The handshake was the greeting of a peer that agreed on a subprotocol.
    @Override
    public final boolean isGreeted() {
        return subprotocol != null;
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        ByteBuffer view = FrameDecoder.view(in);
        int shift = view.position() - in.readerIndex();
        for (boolean goesOn = in.isReadable(); goesOn; ) {
            Assembly begun = assembly;
            boolean whole = (begun != null && begun.isMidFrame())
                    ? goOn(begun, in, view, shift)
                    : frame(in, view, in.readerIndex() + shift);
            goesOn = whole && in.isReadable() && mayDecode();
        }
    }

    /// Reads one frame.
    ///
    /// @return false if it is not all there
    private boolean frame(ByteBuf in, ByteBuffer view, int at) {
        int header = FrameHeader.size(view, at, in.readableBytes(), !settings.isClient(), deflation != null);
        if (header == 0) return false;
        int first = view.get(at);
        int opcode = first & 0x0F;
        long bytes = FrameHeader.payloadBytes(view, at);
        int mask = settings.isClient() ? 0 : view.getInt(at + header - Integer.BYTES);
        if (Opcode.isControl(opcode)) return control(opcode, in, header, (int) bytes, view, at + header, mask);
        if ((opcode == Opcode.CONTINUATION) == (assembly == null)) {
            throw new ProtocolError(
                    CloseCode.PROTOCOL_ERROR,
                    assembly == null ? "a continuation of nothing" : "a message within another",
                    "RFC 6455, section 5.4");
        }
        checkSize(bytes, (first & FrameHeader.COMPRESSED) != 0);
        int size = (int) bytes;
        boolean isWhole = opcode != Opcode.CONTINUATION
                && (first & (FrameHeader.FIN | FrameHeader.COMPRESSED)) == FrameHeader.FIN
                && in.readableBytes() - header >= size;
        if (isWhole && !isMuted()) {
            message(opcode == Opcode.TEXT, in, header, size, view, at + header, mask);
            return true;
        }
        Assembly begun = assembly;
        if (begun == null) begun = begin(first, opcode, in, Math.min(size, in.readableBytes() - header));
        in.skipBytes(header);
        begun.frame(size, mask, first < 0);
        return goOn(begun, in, view, at + header - in.readerIndex());
    }

    private void checkSize(long bytes, boolean beginsCompressed) {
        Assembly begun = assembly;
        boolean isCompressed = begun == null ? beginsCompressed : begun.inflater() != null;
        int most = isCompressed ? settings.maxCompressedFrameBytes() : settings.maxReceivedFrameBytes();
        if (bytes > most) throw Assembly.tooBig(most);
    }

    private Assembly begin(int first, int opcode, ByteBuf in, int available) {
        Deflation compression = deflation;
        boolean isCompressed = (first & FrameHeader.COMPRESSED) != 0;
        long now = group.time().nanoTime();
        Assembly begun = isMuted()
                ? Assembly.ignored(in.alloc().directBuffer(0), now)
                : Assembly.begin(
                        opcode == Opcode.TEXT,
                        settings.maxMessageBytes(),
                        isCompressed && compression != null ? compression.takeInflater() : null,
                        channel.alloc(),
                        available,
                        now);
        assembly = begun;
        return begun;
    }

    private boolean goOn(Assembly begun, ByteBuf in, ByteBuffer view, int shift) {
        int size = (int) Math.min(begun.frameLeft, in.readableBytes());
        if (size > 0) {
            int from = in.readerIndex() + shift;
            if (!settings.isClient()) Masking.apply(view, from, from + size, begun.mask);
            begun.take(in, size, view, from);
            in.skipBytes(size);
            inflated(begun);
        }
        if (begun.isMidFrame()) return false;
        if (begun.isLast) assembled(begun);
        return true;
    }

    private void assembled(Assembly begun) {
        try {
            ByteBuf payload = begun.finish();
            if (begun.isIgnored()) return;
            inflated(begun);
            if (lends) lend(begun.isText, payload, 0, payload.readableBytes());
            else dispatch(new HeldMessage(begun.isText, copied(payload)));
        } finally {
            forget(begun);
        }
    }

    /// Few bytes can stand for many: the others on this event loop have their turn in between.
    private void inflated(Assembly begun) {
        MessageInflater inflater = begun.inflater();
        if (inflater == null) return;
        boolean wasTooMuch = isTooMuchInflated();
        inflatedBytes += inflater.takeSpentBytes();
        if (isTooMuchInflated() && !wasTooMuch) {
            var _ = channel.eventLoop().schedule(this::inflateAgain, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean isTooMuchInflated() {
        return inflatedBytes >= MOST_INFLATED_BYTES;
    }

    private void inflateAgain() {
        inflatedBytes = 0;
        resumeReading();
    }

    @Override
    protected boolean wantsInput() {
        return !isTooMuchInflated() && super.wantsInput();
    }

    private static Bytes copied(ByteBuf payload) {
        byte[] copy = new byte[payload.readableBytes()];
        payload.getBytes(0, copy);
        return Bytes.wrap(copy);
    }

    private void forget(Assembly done) {
        assembly = null;
        done.release();
        Deflation compression = deflation;
        MessageInflater used = done.inflater();
        if (used != null && compression != null) compression.giveBack(used);
    }

    private void message(boolean isText, ByteBuf in, int header, int size, ByteBuffer view, int from, int mask) {
        long bits = settings.isClient()
                ? isText ? Masking.gather(view, from, from + size) : 0
                : Masking.apply(view, from, from + size, mask);
        if (isText
                && (bits & Masking.NOT_ASCII) != 0
                && Utf8Check.check(Utf8Check.VALID, view, from, from + size) != Utf8Check.VALID) {
            throw Assembly.badText();
        }
        if (lends) {
            lend(isText, in, in.readerIndex() + header, size);
        } else {
            byte[] copy = new byte[size];
            view.get(from, copy);
            dispatch(new HeldMessage(isText, Bytes.wrap(copy)));
        }
        in.skipBytes(header + size);
    }

    private void lend(boolean isText, ByteBuf in, int index, int size) {
        LentMessage message = new LentMessage(isText, in, index, size);
        try {
            dispatch(message);
        } finally {
            message.end();
        }
    }

    private boolean control(int opcode, ByteBuf in, int header, int size, ByteBuffer view, int from, int mask) {
        if (in.readableBytes() - header < size) return false;
        in.skipBytes(header + size);
        Masking.apply(view, from, from + size, mask);
        switch (opcode) {
            case Opcode.CLOSE -> closed(CloseCode.parse(view, from, from + size));
            case Opcode.PING -> {
                byte[] payload = new byte[size];
                view.get(from, payload);
                pinged(Bytes.wrap(payload));
            }
            default -> {
                // a pong: that bytes came at all is what it is for
            }
        }
        return true;
    }

    @Override
    protected final long unfinishedBytes() {
        return assembly == null ? 0 : assembly.heldBytes();
    }

    @Override
    protected final void dropUnfinished() {
        if (assembly != null) forget(assembly);
    }

    /// The message under way, null between messages.
    final @Nullable Assembly assembly() {
        return assembly;
    }

    @Override
    protected void released() {
        if (assembly != null) forget(assembly);
        if (deflation != null) deflation.end();
    }
}
