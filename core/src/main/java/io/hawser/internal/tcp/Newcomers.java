package io.hawser.internal.tcp;

import io.netty.channel.Channel;
import java.util.LinkedHashSet;
import org.jspecify.annotations.Nullable;

/// Admitted connections that have not shown who they are: no first frame, no head, no hello. The oldest has
/// to go when a server is full.
///
/// Thread: safe from any, by its monitor.
public final class Newcomers {
    private final LinkedHashSet<Channel> oldestFirst = new LinkedHashSet<>();

    synchronized void arrived(Channel channel) {
        oldestFirst.add(channel);
    }

    /// `channel` has greeted, or is gone.
    public synchronized void settled(Channel channel) {
        oldestFirst.remove(channel);
    }

    synchronized @Nullable Channel takeOldest() {
        if (oldestFirst.isEmpty()) return null;
        return oldestFirst.removeFirst();
    }
}
