package io.hawser.internal.link;

import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What all links of a server may hold together of one kind of memory, each within its own bounds: parts of
/// messages, or what waits to be sent.
///
/// Only links that hold something are known here, so one that is quick or idle costs nothing. Over the limit
/// the loop that holds the most gives up its largest holders, until there is room again; nobody new is let
/// in before.
///
/// Thread: [#hold] the event loop of the holder; everything else safe from any.
public final class HeapShare {
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final long limitBytes;
    private final AtomicLong held = new AtomicLong();
    private final ConcurrentHashMap<EventLoop, Holders> byLoop = new ConcurrentHashMap<>();
    private final AtomicLong relievedNanos = new AtomicLong(System.nanoTime() - 2 * REMEMBERED_NANOS);

    HeapShare(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    /// Bytes that are held now.
    public long heldBytes() {
        return held.get();
    }

    /// Whether nobody else should be let in: a tenth is left for those who are there.
    public boolean isNearlyUsedUp() {
        return held.get() > limitBytes / 10 * 9;
    }

    private boolean isUsedUp() {
        return held.get() > limitBytes;
    }

    /// Whether it is nearly used up, or something was given up within the last seconds.
    public boolean isShort() {
        return isNearlyUsedUp() || System.nanoTime() - relievedNanos.get() < REMEMBERED_NANOS;
    }

    void hold(HeapHolder holder, long bytes) {
        long more = bytes - holder.knownBytes;
        holder.knownBytes = bytes;
        EventLoop loop = holder.loop();
        Holders here = byLoop.computeIfAbsent(loop, Holders::new);
        here.changed(holder, more);
        if (here.isEmpty()) byLoop.remove(loop);
        if (held.addAndGet(more) > limitBytes && more > 0) relieve();
    }

    /// Has the loop that holds the most give something up, once this turn of it is over.
    private void relieve() {
        relievedNanos.set(System.nanoTime());
        Holders largest = null;
        for (Holders each : byLoop.values()) if (largest == null || each.bytes > largest.bytes) largest = each;
        if (largest == null || !largest.asked.compareAndSet(false, true)) return;
        try {
            largest.loop.execute(largest);
        } catch (RejectedExecutionException ended) {
            // The loop has ended, and with it what its links held.
            largest.asked.set(false);
        }
    }

    /// The holders on one loop. Thread: that loop's, but for `bytes` and `asked`.
    private final class Holders implements Runnable {
        final EventLoop loop;
        final AtomicBoolean asked = new AtomicBoolean();
        volatile long bytes;
        private final List<HeapHolder> holders = new ArrayList<>();

        Holders(EventLoop loop) {
            this.loop = loop;
        }

        boolean isEmpty() {
            return holders.isEmpty();
        }

        @SuppressWarnings({"NonAtomicOperationOnVolatileField", "NonAtomicVolatileUpdate"}) // only its loop writes
        void changed(HeapHolder holder, long more) {
            bytes += more;
            if (holder.knownBytes > 0 && holder.placeAmongHolders < 0) {
                holder.placeAmongHolders = holders.size();
                holders.add(holder);
            } else if (holder.knownBytes == 0 && holder.placeAmongHolders >= 0) {
                HeapHolder last = holders.removeLast();
                if (holder.placeAmongHolders < holders.size()) {
                    holders.set(holder.placeAmongHolders, last);
                    last.placeAmongHolders = holder.placeAmongHolders;
                }
                holder.placeAmongHolders = -1;
            }
        }

        @Override
        public void run() {
            asked.set(false);
            boolean hasGivenUp = false;
            while (isUsedUp()) {
                HeapHolder largest = largest();
                if (largest == null) break;
                long known = largest.knownBytes;
                largest.account();
                if (largest.knownBytes < known) continue; // it has got rid of something by itself
                largest.giveUp();
                if (largest.knownBytes > 0) hold(largest, 0);
                hasGivenUp = true;
            }
            // Where all were gone before this was their turn, another loop holds the most by now.
            if (isUsedUp() && (hasGivenUp || holders.isEmpty())) relieve();
        }

        private @Nullable HeapHolder largest() {
            HeapHolder largest = null;
            for (HeapHolder each : holders) {
                if (largest == null || each.knownBytes > largest.knownBytes) largest = each;
            }
            return largest;
        }
    }
}
