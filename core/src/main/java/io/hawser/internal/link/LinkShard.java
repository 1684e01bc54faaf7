package io.hawser.internal.link;

import io.hawser.session.SessionStats;
import io.hawser.tcp.Traffic;
import io.netty.channel.EventLoop;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The links of one group on one event loop, and the clock that looks after them: one timer for all, none
/// when empty.
///
/// Thread: that event loop's.
final class LinkShard {
    private static final long SWEEP_MILLIS = 500;

    private final LinkGroup group;
    private final LoopOutbox outbox;
    private @Nullable Link[] links = new @Nullable Link[16];
    private int count;
    private boolean sweeping;
    /// Of the links that have gone.
    private Traffic gone = Traffic.none();
    /// Of all links, when they were last looked at.
    private volatile Traffic traffic = Traffic.none();

    LinkShard(LinkGroup group, EventLoop loop) {
        this.group = group;
        this.outbox = LoopOutbox.of(loop);
    }

    void add(Link link) {
        if (count == links.length) links = Arrays.copyOf(links, count * 2);
        links[count] = link;
        link.placeInShard = count++;
        if (!sweeping) scheduleSweep();
    }

    @SuppressWarnings("ReferenceEquality") // links are identities
    void remove(Link link) {
        int place = link.placeInShard;
        if (place < 0) return;
        link.placeInShard = -1;
        gone = gone.plus(carried(link.linkStats(), 0));
        Link last = links[--count];
        links[count] = null;
        if (last != null && last != link) {
            links[place] = last;
            last.placeInShard = place;
        }
    }

    /// Calls `action` for each link there is; it may close the one it gets.
    void forEach(Consumer<Link> action) {
        // From the end: a link that is removed meanwhile is replaced by one that had its turn.
        for (int place = count - 1; place >= 0; place--) {
            Link link = place < count ? links[place] : null;
            if (link == null) continue;
            try {
                action.accept(link);
            } catch (RuntimeException failure) {
                group.actionFailed(link, failure);
            }
        }
    }

    LoopOutbox outbox() {
        return outbox;
    }

    /// What the links have carried, up to half a second ago. Thread: any.
    Traffic traffic() {
        return traffic;
    }

    private void count() {
        Traffic sum = gone;
        for (int place = 0; place < count; place++) {
            Link link = links[place];
            if (link == null) continue;
            SessionStats stats = link.linkStats();
            sum = sum.plus(carried(stats, stats.queuedBytes()));
        }
        traffic = sum;
    }

    private static Traffic carried(SessionStats stats, long queuedBytes) {
        return new Traffic(
                stats.messagesReceived(), stats.bytesReceived(), stats.messagesSent(), stats.bytesSent(), queuedBytes);
    }

    private void scheduleSweep() {
        sweeping = true;
        outbox.loop().schedule(this::sweep, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = group.time().nanoTime();
        try {
            forEach(link -> link.sweep(now));
        } finally {
            sweeping = false;
            count();
            if (count > 0) scheduleSweep();
        }
    }
}
