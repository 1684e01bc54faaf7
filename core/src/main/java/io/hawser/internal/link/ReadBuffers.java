package io.hawser.internal.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.UncheckedBooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The buffers that one channel is read into.
///
/// A frame that has begun is read on where it lies, and no further than its end where that is known: it is
/// whole without having been copied, and the next one begins in a buffer of its own, as long as the last.
/// Everything else is read into buffers that grow and shrink with what comes.
///
/// Thread: the event loop.
public final class ReadBuffers implements RecvByteBufAllocator, RecvByteBufAllocator.ExtendedHandle {
    /// Frames below are cheaper to copy than to read one by one.
    static final int LEAST_FRAME_BYTES = 32 << 10;

    /// What is read at once of longer ones is less than a frame anyway.
    private static final int MOST_FRAME_BYTES = 256 << 10;

    private static final int LEAST_BYTES = 256;
    private static final int FIRST_BYTES = 2 << 10;
    private static final int MOST_BYTES = 64 << 10;
    private static final int MOST_READS = 16;

    private final ChannelConfig config;
    private @Nullable Source source;
    private int bytes = FIRST_BYTES;
    private int frameBytes;
    private boolean hadLess;
    private int reads;
    private int totalRead;
    private int lastRead;
    private int attempted;

    /// Whoever has begun to read a frame.
    interface Source {
        /// The buffer that holds what there is of it and has room for more, or null. Owner: the caller releases
        /// it once more.
        @Nullable
        ByteBuf unfinished();
    }

    private ReadBuffers(ChannelConfig config) {
        this.config = config;
    }

    /// Reads `channel` in this way. Thread: before anything was read.
    public static void install(Channel channel) {
        channel.config().setRecvByteBufAllocator(new ReadBuffers(channel.config()));
    }

    /// Those of a channel whose bytes come to its link as they are read, or null.
    static @Nullable ReadBuffers of(Channel channel) {
        return channel.config().getRecvByteBufAllocator() instanceof ReadBuffers buffers
                        && channel.pipeline().get(SslHandler.class) == null
                ? buffers
                : null;
    }

    /// A frame of `size` bytes has begun; 0 for a size that is not known.
    void begun(Source reader, int size) {
        source = reader;
        frameBytes = size >= LEAST_FRAME_BYTES && size <= MOST_FRAME_BYTES ? size : 0;
    }

    /// Whoever had begun reads no more.
    void leave() {
        source = null;
        frameBytes = 0;
    }

    @Override
    public ExtendedHandle newHandle() {
        return this;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
        Source begun = source;
        ByteBuf rest = begun == null ? null : begun.unfinished();
        return rest != null ? rest : allocator.ioBuffer(guess());
    }

    @Override
    public int guess() {
        return bytes == MOST_BYTES && frameBytes > 0 ? frameBytes : bytes;
    }

    @Override
    public void reset(ChannelConfig current) {
        reads = 0;
        totalRead = 0;
    }

    @Override
    public void incMessagesRead(int count) {
        reads += count;
    }

    @Override
    public void lastBytesRead(int read) {
        lastRead = read;
        if (read <= 0) return;
        totalRead = Math.max(totalRead + read, 0);
        if (read == attempted && read >= bytes) grow();
    }

    @Override
    public int lastBytesRead() {
        return lastRead;
    }

    @Override
    public void attemptedBytesRead(int room) {
        attempted = room;
    }

    @Override
    public int attemptedBytesRead() {
        return attempted;
    }

    @Override
    public boolean continueReading() {
        return continueReading(() -> lastRead == attempted);
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier mayHaveMore) {
        return config.isAutoRead() && mayHaveMore.get() && reads < MOST_READS && totalRead > 0;
    }

    @Override
    public void readComplete() {
        if (totalRead > bytes / 4) {
            hadLess = false;
        } else if (hadLess) {
            bytes = Math.max(bytes / 2, LEAST_BYTES);
            hadLess = false;
        } else {
            hadLess = true;
        }
    }

    private void grow() {
        bytes = Math.min(4 * bytes, MOST_BYTES);
        hadLess = false;
    }
}
