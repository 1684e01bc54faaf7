package io.hawser.hub.alerts;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One rule, and what it has seen in its time: at most an hour of readings, one a second.
///
/// A rate or a ratio is that of the whole time, so it is known when the time has passed once. A level has to
/// be wrong at every reading of the time.
///
/// Thread: whoever owns it holds a lock.
final class Watch {
    private final AlertRule rule;
    private final ArrayDeque<Reading> seen = new ArrayDeque<>();
    private AlertState state = AlertState.QUIET;
    private @Nullable Double value;
    private long wrongSinceNanos;
    private boolean isWrong;

    Watch(AlertRule rule) {
        this.rule = rule;
    }

    AlertRule rule() {
        return rule;
    }

    AlertState state() {
        return state;
    }

    Optional<Double> value() {
        return Optional.ofNullable(value);
    }

    /// Looks at a reading.
    ///
    /// @return whether there is news: it fires, or does so no more
    boolean look(Reading now) {
        AlertState before = state;
        state = rule.when().figure().isLevel() ? level(now) : rate(now);
        return before != state && (before == AlertState.FIRING || state == AlertState.FIRING);
    }

    private AlertState level(Reading now) {
        double level = rule.when().figure().at(now);
        value = level;
        if (!rule.when().holds(level)) {
            isWrong = false;
            return AlertState.QUIET;
        }
        if (!isWrong) wrongSinceNanos = now.nanos();
        isWrong = true;
        boolean isLong = now.nanos() - wrongSinceNanos >= rule.over().toNanos();
        return isLong ? AlertState.FIRING : AlertState.PENDING;
    }

    private AlertState rate(Reading now) {
        long begin = now.nanos() - rule.over().toNanos();
        Reading first = now;
        boolean isWhole = false;
        seen.addLast(now);
        // The newest reading that is as old as the time of the rule begins it; those before are of no use.
        for (Iterator<Reading> oldest = seen.iterator(); oldest.hasNext(); ) {
            Reading each = oldest.next();
            if (each.nanos() > begin) {
                if (!isWhole) first = each;
                break;
            }
            first = each;
            isWhole = true;
        }
        while (isWhole && !seen.getFirst().equals(first)) seen.removeFirst();
        double rate = rule.when().figure().between(first, now);
        value = rate;
        // Of no time at all there is no rate.
        if (first.equals(now) || !rule.when().holds(rate)) return AlertState.QUIET;
        return isWhole ? AlertState.FIRING : AlertState.PENDING;
    }
}
