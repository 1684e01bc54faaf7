package io.hawser.hub.chaos;

import io.hawser.cluster.Position;
import java.util.Optional;

/// One topic as one subscriber sees it: its publisher numbers the messages one after another, so what is missed
/// shows.
///
/// A number may come again under another offset, where its publisher did not learn that it had been published and
/// its session was lost with the hub.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields.
final class Followed {
    private final Tally tally;
    private Optional<Position> at = Optional.empty();
    private long last;
    private boolean isNumberKnown;
    private long newestSentNanos = Long.MIN_VALUE;

    Followed(Tally tally) {
        this.tally = tally;
    }

    synchronized Optional<Position> at() {
        return at;
    }

    /// The first subscription begins at `head`.
    synchronized void begins(Position head) {
        at = Optional.of(head);
    }

    synchronized void resync(Position head) {
        tally.resyncs.increment();
        at = Optional.of(head);
        isNumberKnown = false;
    }

    /// @param number that its publisher gave it
    /// @param sentNanos when that was first tried
    synchronized void message(long offset, String tag, long number, long sentNanos) {
        // The answer was lost with the connection that it came on, and is asked for again.
        if (at.isEmpty()) return;
        Position before = at.get();
        if (offset <= before.offset()) {
            tally.duplicates.increment();
            return;
        }
        at = Optional.of(new Position(before.epoch(), offset, tag));
        tally.delivered.increment();
        if (isNumberKnown && number > last + 1) tally.holes.add(number - last - 1);
        last = isNumberKnown ? Math.max(last, number) : number;
        isNumberKnown = true;
        newestSentNanos = Math.max(newestSentNanos, sentNanos);
    }

    /// Whether a message has come that was sent after `nanos`.
    synchronized boolean hasSince(long nanos) {
        return newestSentNanos - nanos > 0 && newestSentNanos != Long.MIN_VALUE;
    }

    /// Whether all up to `number` have come, or are covered by a resync.
    synchronized boolean hasReached(long number) {
        return isNumberKnown && last >= number;
    }
}
