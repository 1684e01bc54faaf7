package io.hawser.internal.tcp;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.IntSupplier;

/// A bounded number of connections. Those among them that have not shown who they are (no first frame, no head,
/// no hello) keep their seat only until somebody needs it: then the oldest has to go.
///
/// Thread: safe from any, by its monitor.
final class Seats {
    private final IntSupplier most;
    private int taken;
    private final LinkedHashSet<Channel> newcomers = new LinkedHashSet<>();

    Seats(IntSupplier most) {
        this.most = most;
    }

    /// What came of asking for a seat.
    enum Outcome {
        FREE,
        /// Of somebody who had to go, and is counted until it is gone.
        ANOTHERS,
        NONE
    }

    /// Takes a seat for `channel`, a newcomer.
    Outcome take(Channel channel) {
        Channel oldest = null;
        synchronized (this) {
            if (taken >= most.getAsInt()) {
                if (newcomers.isEmpty()) return Outcome.NONE;
                oldest = newcomers.removeFirst();
            }
            taken++;
            newcomers.add(channel);
        }
        if (oldest == null) return Outcome.FREE;
        oldest.close();
        return Outcome.ANOTHERS;
    }

    /// `channel`, which has a seat, keeps it.
    synchronized void settle(Channel channel) {
        newcomers.remove(channel);
    }

    /// `channel`, which has a seat, leaves it.
    synchronized void leave(Channel channel) {
        newcomers.remove(channel);
        taken--;
    }

    /// Those that have not settled; they count as settled from now on.
    synchronized List<Channel> takeNewcomers() {
        List<Channel> all = new ArrayList<>(newcomers);
        newcomers.clear();
        return all;
    }

    synchronized int taken() {
        return taken;
    }
}
