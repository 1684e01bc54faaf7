package io.hawser.internal.link;

import io.hawser.tcp.Framing;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Runs a [Framing] over what a link has read.
public final class FrameDecoder {
    private FrameDecoder() {}

    /// A link that decodes frames.
    public interface Target<F> {
        /// The framing of the next frame, which the one before may have changed.
        Framing<F> framing();

        void accept(F frame);

        boolean mayDecode();
    }

    /// Decodes until no whole frame is left or `target` wants no more, and moves the reader index along.
    public static <F> void decode(ByteBuf in, int seen, Target<F> target) {
        ByteBuffer view = view(in);
        int examined = seen;
        do {
            int start = view.position();
            int used = decode(view, examined, target);
            if (used == 0) return;
            if (used < 0 || used > view.limit() - start) {
                throw new IllegalStateException(
                        target.framing() + " says it consumed " + used + " of " + (view.limit() - start) + " bytes");
            }
            view.position(start + used);
            in.skipBytes(used);
            examined = 0;
        } while (view.hasRemaining() && target.mayDecode());
    }

    /// The view is kept with the buffer, for whoever reads that next: a framing does not change its order.
    private static <F> int decode(ByteBuffer view, int examined, Target<F> target) {
        try {
            return target.framing().decode(view, examined, target::accept);
        } finally {
            view.order(ByteOrder.BIG_ENDIAN);
        }
    }

    /// What is readable in `in`. Owner: valid until `in` is used for another view or released.
    public static ByteBuffer view(ByteBuf in) {
        int readable = in.readableBytes();
        return in.nioBufferCount() == 1
                ? in.internalNioBuffer(in.readerIndex(), readable)
                : in.nioBuffer(in.readerIndex(), readable);
    }

    /// Writes `frame` behind the writer index of `to`.
    public static <F> void encode(Framing<F> framing, F frame, int size, ByteBuf to) {
        ByteBuffer view = to.internalNioBuffer(to.writerIndex(), size);
        int start = view.position();
        try {
            framing.encode(frame, view);
        } finally {
            view.order(ByteOrder.BIG_ENDIAN);
        }
        // The rest would be whatever the buffer held before, perhaps of another connection.
        if (view.position() - start != size) {
            throw new IllegalStateException(
                    framing + " encoded " + (view.position() - start) + " bytes where it had announced " + size);
        }
        to.writerIndex(to.writerIndex() + size);
    }
}
