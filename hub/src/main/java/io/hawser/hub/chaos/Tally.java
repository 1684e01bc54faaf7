package io.hawser.hub.chaos;

import java.util.concurrent.atomic.LongAdder;

/// What all subscribers have seen together since it was last taken.
///
/// Thread: safe from any.
final class Tally {
    final LongAdder delivered = new LongAdder();
    final LongAdder duplicates = new LongAdder();
    final LongAdder holes = new LongAdder();
    final LongAdder resyncs = new LongAdder();
    /// Of live topics, where that is told.
    final LongAdder lost = new LongAdder();

    Seen take() {
        return new Seen(
                delivered.sumThenReset(), duplicates.sumThenReset(), holes.sumThenReset(), resyncs.sumThenReset());
    }
}
