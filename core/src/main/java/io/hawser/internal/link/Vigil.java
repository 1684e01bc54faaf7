package io.hawser.internal.link;

import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;

/// The time limits of a link: whether anything happens, whether its peer takes what we send, whether a frame
/// that has begun gets done. Nothing is scheduled per link; a [LinkShard] asks all of its links twice a second.
///
/// Thread: the event loop; `activeNanos` may be read by any thread.
final class Vigil {
    enum Finding {
        WELL,
        /// Bytes wait, and the peer takes none.
        STALLED,
        /// A frame has begun and does not end.
        UNFINISHED,
        /// Nothing came and nothing of the application's went.
        IDLE
    }

    private final LinkGroup group;
    private volatile long activeNanos;
    private long heardNanos;
    private long unfinishedSinceNanos;
    private long stalledSinceNanos;
    private int progress;
    private long messagesSeen;
    private boolean isUnfinished;

    Vigil(LinkGroup group, long nowNanos) {
        this.group = group;
        this.activeNanos = nowNanos;
        this.heardNanos = nowNanos;
    }

    /// Bytes came in.
    void heard(long nowNanos) {
        activeNanos = nowNanos;
        heardNanos = nowNanos;
    }

    /// When bytes last came in, or could not because we did not read.
    long heardNanos() {
        return heardNanos;
    }

    long activeNanos() {
        return activeNanos;
    }

    /// A frame has begun, or gone on so far that another has.
    void unfinished() {
        isUnfinished = true;
        unfinishedSinceNanos = activeNanos;
    }

    void finished() {
        isUnfinished = false;
    }

    /// What there is to say of the link now.
    ///
    /// @param buffer what waits to be sent, null once the output is over
    /// @param messagesSent in all; those that answer the protocol itself, such as pings, prove nothing
    /// @param isPaused we read nothing, so silence is not the peer's
    Finding look(long now, @Nullable ChannelOutboundBuffer buffer, long messagesSent, boolean isPaused) {
        if (messagesSent != messagesSeen || isPaused) {
            messagesSeen = messagesSent;
            activeNanos = now;
        }
        if (isPaused) {
            unfinishedSinceNanos = now;
            heardNanos = now;
        }
        if (stalled(now, buffer)) return Finding.STALLED;
        if (isUnfinished && now - unfinishedSinceNanos > group.frameTimeoutNanos()) return Finding.UNFINISHED;
        return now - activeNanos > group.idleTimeoutNanos() ? Finding.IDLE : Finding.WELL;
    }

    private boolean stalled(long now, @Nullable ChannelOutboundBuffer buffer) {
        if (buffer == null || buffer.isEmpty()) { // bytes would not do: a region of a file counts as none
            stalledSinceNanos = 0;
            return false;
        }
        // The head of the buffer and how much of it is gone: it stays the same only while the peer takes nothing.
        int mark = 31 * System.identityHashCode(buffer.current()) + Long.hashCode(buffer.currentProgress());
        if (stalledSinceNanos == 0 || mark != progress) {
            if (stalledSinceNanos != 0) activeNanos = now;
            progress = mark;
            stalledSinceNanos = now;
        }
        return now - stalledSinceNanos > group.stallTimeoutNanos();
    }
}
