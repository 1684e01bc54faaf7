package io.hawser.hub.chaos;

/// One live topic as one subscriber sees it from its first message on: its publisher numbers them from 1, so
/// what is lost shows, and has to be what was told.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields.
final class LiveFollowed {
    private final Tally tally;
    private long last;
    /// Told since the last message.
    private long told;

    LiveFollowed(Tally tally) {
        this.tally = tally;
    }

    synchronized void message(long number) {
        if (number <= last) {
            tally.duplicates.increment();
            return;
        }
        tally.delivered.increment();
        long lost = number - last - 1;
        tally.lost.add(lost);
        // Too many told is as wrong as too few.
        tally.holes.add(Math.abs(lost - told));
        told = 0;
        last = number;
    }

    /// The hub says that it dropped so many before the next message.
    synchronized void gap(long missed) {
        told += missed;
    }

    synchronized boolean hasReached(long number) {
        return last >= number;
    }
}
