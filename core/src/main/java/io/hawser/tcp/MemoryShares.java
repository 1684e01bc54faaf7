package io.hawser.tcp;

/// How much of the heap the connections of a server may hold together, each within its own bounds. When nine
/// tenths of a share are used, new connections are told to come back later; over the share, the connection that
/// holds the most is cut off. Servers of one process with equal shares count together.
///
/// Units: percent of the greatest size of the heap; what the operating system holds for a socket is not
/// counted.
///
/// @param unfinishedPercent parts of messages, frames and heads that have not come whole; default 15
/// @param queuedPercent what waits to be sent; default 20
public record MemoryShares(int unfinishedPercent, int queuedPercent) {
    private static final MemoryShares DEFAULTS = new MemoryShares(15, 20);

    public MemoryShares {
        check("unfinishedPercent", unfinishedPercent);
        check("queuedPercent", queuedPercent);
    }

    private static void check(String component, int percent) {
        if (percent < 1 || percent > 50)
            throw new IllegalArgumentException(component + " " + percent + ": from 1 to 50");
    }

    public static MemoryShares defaults() {
        return DEFAULTS;
    }

    public MemoryShares withUnfinishedPercent(int changed) {
        return new MemoryShares(changed, queuedPercent);
    }

    public MemoryShares withQueuedPercent(int changed) {
        return new MemoryShares(unfinishedPercent, changed);
    }
}
