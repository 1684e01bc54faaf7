package io.hawser.internal.topic;

import java.util.concurrent.atomic.LongAdder;

/// What followers count together.
final class FollowerCounts {
    final LongAdder subscriptions = new LongAdder();
    final LongAdder recovered = new LongAdder();
    final LongAdder resyncs = new LongAdder();
    final LongAdder detached = new LongAdder();
    final LongAdder missed = new LongAdder();
}
