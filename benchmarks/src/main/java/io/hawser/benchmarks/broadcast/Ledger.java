package io.hawser.benchmarks.broadcast;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;

/// Which messages are under way, and when each subscriber had them.
///
/// State: messages are numbered from 0; those from `completed` to `published` are under way, and of each it
/// is known how many subscribers it has not reached.
///
/// Thread: one.
final class Ledger {
    private static final int SIGNIFICANT_DIGITS = 3;
    private static final byte MARK = '#';
    private static final int DIGITS = 16;

    private final BroadcastLoad load;
    private final long[] sentNanos = new long[BroadcastLoad.MAX_WINDOW];
    private final int[] missing = new int[BroadcastLoad.MAX_WINDOW];
    private final Histogram latency = new Histogram(SIGNIFICANT_DIGITS);
    private final String filler;
    private long published;
    private long completed;
    private long delivered;
    private long passedOver;
    private long fromNanos = Long.MAX_VALUE;
    private long toNanos = Long.MAX_VALUE;

    Ledger(BroadcastLoad load) {
        this.load = load;
        this.filler = "x".repeat(load.payloadBytes() - 1 - DIGITS);
    }

    /// Counts anew: what comes in this interval. At a rate the latencies are of all that is due in it, whenever
    /// it comes: what a server is late with would else be neither a latency nor missing.
    void measure(long from, long to) {
        fromNanos = from;
        toNanos = to;
        delivered = 0;
        latency.reset();
    }

    boolean hasRoom() {
        return underWay() < load.window();
    }

    long underWay() {
        return published - completed;
    }

    /// The next text.
    String publish(long now) {
        int place = place(published);
        sentNanos[place] = now;
        missing[place] = load.subscribers();
        var digits = Long.toHexString(published++);
        return (char) MARK + "0".repeat(DIGITS - digits.length()) + digits + filler;
    }

    /// The number of the text between two places of `in`, or -1 if that is none.
    static long number(ByteBuffer in, int from, int to) {
        for (int at = from; at < to - DIGITS; at++) {
            if (in.get(at) != MARK) continue;
            long number = 0;
            for (int i = 1; i <= DIGITS; i++) number = (number << 4) | Character.digit(in.get(at + i), 16);
            return number;
        }
        return -1;
    }

    /// One subscriber, who waited for `expected`, has `number`; what is between the two he never gets.
    ///
    /// What was given up counts no more: its place may be another message's by now.
    void delivered(long expected, long number, long now) throws BroadcastFailed {
        if (number < expected || number >= published) throw new BroadcastFailed("a message out of order");
        for (long lost = Math.max(expected, completed); lost < number; lost++) {
            passedOver++;
            missing[place(lost)]--;
        }
        if (number < completed) return;
        missing[place(number)]--;
        long sent = sentNanos[place(number)];
        if (isMeasured(now)) delivered++;
        if (isMeasured(load.ratePerSecond().isPresent() ? sent : now)) latency.recordValue(Math.max(0, now - sent));
        while (completed < published && missing[place(completed)] == 0) completed++;
    }

    private boolean isMeasured(long moment) {
        return moment - fromNanos >= 0 && moment - toNanos < 0;
    }

    /// How many deliveries have not come of what was published.
    long outstanding() {
        long sum = 0;
        for (long number = completed; number < published; number++) sum += missing[place(number)];
        return sum;
    }

    /// Gives up what is under way.
    void forget() {
        completed = published;
    }

    long delivered() {
        return delivered;
    }

    long passedOver() {
        return passedOver;
    }

    Histogram latency() {
        return latency.copy();
    }

    private static int place(long number) {
        return (int) number & (BroadcastLoad.MAX_WINDOW - 1);
    }
}
