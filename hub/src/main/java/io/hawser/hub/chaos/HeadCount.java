package io.hawser.hub.chaos;

import java.util.concurrent.atomic.LongAdder;

/// Counts the requests for one path that go over one connection, however they are cut.
///
/// Thread: one at a time.
final class HeadCount implements Relay.Tap {
    /// Its first octet comes in it once, so one that does not fit may begin anew there and nowhere before.
    private final byte[] begin;

    private final LongAdder sum;
    private int matched;

    /// @param begin of the heads that count, such as `GET /json `
    HeadCount(byte[] begin, LongAdder sum) {
        this.begin = begin.clone();
        this.sum = sum;
    }

    @Override
    public void passed(byte[] bytes, int count) {
        for (int i = 0; i < count; i++) {
            if (bytes[i] == begin[matched]) matched++;
            else matched = bytes[i] == begin[0] ? 1 : 0;
            if (matched < begin.length) continue;
            sum.increment();
            matched = 0;
        }
    }
}
