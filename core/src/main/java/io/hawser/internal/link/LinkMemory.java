package io.hawser.internal.link;

import io.hawser.tcp.MemoryShares;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/// The memory of the links of servers. Servers with equal settings share one: the heap is one, too.
///
/// @param unfinished parts of messages and heads
/// @param queued what waits to be sent
public record LinkMemory(HeapShare unfinished, HeapShare queued) {
    /// By their percentages: code for the hash code of a record is generated at each start.
    private static final ConcurrentHashMap<List<Integer>, LinkMemory> KNOWN = new ConcurrentHashMap<>();

    /// That of all servers with these settings.
    public static LinkMemory of(MemoryShares shares) {
        return KNOWN.computeIfAbsent(
                List.of(shares.unfinishedPercent(), shares.queuedPercent()),
                percents -> ofBytes(bytes(percents.getFirst()), bytes(percents.getLast())));
    }

    /// One that is nobody else's.
    public static LinkMemory ofBytes(long unfinished, long queued) {
        return new LinkMemory(new HeapShare(unfinished), new HeapShare(queued));
    }

    private static long bytes(int percent) {
        return Runtime.getRuntime().maxMemory() / 100 * percent;
    }

    /// Whether nobody else should be let in.
    public boolean isNearlyUsedUp() {
        return unfinished.isNearlyUsedUp() || queued.isNearlyUsedUp();
    }

    /// Whether that is so, or something was given up within the last seconds.
    public boolean isShort() {
        return unfinished.isShort() || queued.isShort();
    }
}
