package io.hawser.internal.link;

import io.hawser.TimeSource;
import io.hawser.io.ConnectionLimits;
import io.hawser.session.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;

/// A link over which nothing goes, for what threads do to one another beside that. All are on one channel.
final class StressedLink extends Link {
    /// As long as each item is taken to be: one alone fills an inbox.
    static final int ITEM_BYTES = ConnectionLimits.defaults().hardQueueBytes();

    private static final EmbeddedChannel CHANNEL = new EmbeddedChannel();
    private static final LinkGroup GROUP =
            new LinkGroup(ConnectionLimits.defaults(), new NoThreads(), false, TimeSource.system());

    StressedLink() {
        super(GROUP, CHANNEL);
    }

    @Override
    protected int itemBytes(Object item) {
        return ITEM_BYTES;
    }

    @Override
    protected void decode(ByteBuf in, int seen) {
        throw new IllegalStateException("nothing comes");
    }

    @Override
    protected int encodedSize(Object item) {
        return 0;
    }

    @Override
    protected void encode(Object item, ByteBuf to) {
        throw new IllegalStateException("nothing goes");
    }

    @Override
    protected @Nullable Object goodbye(CloseReason reason) {
        return null;
    }

    @Override
    protected CloseReason reasonFor(RuntimeException failure) {
        return CloseReason.LOST;
    }

    /// Whoever stresses an inbox runs its handler.
    private static final class NoThreads implements Dispatcher {
        @Override
        public boolean runsInline() {
            return false;
        }

        @Override
        public void start(EventLoop loop, Runnable batch) {
            throw new IllegalStateException("no handler runs here");
        }

        @Override
        public boolean beginTurn(EventLoop loop) {
            return false;
        }

        @Override
        public void endTurn(EventLoop loop) {}
    }
}
