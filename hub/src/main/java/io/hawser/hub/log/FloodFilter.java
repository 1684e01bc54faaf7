package io.hawser.hub.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Lets through 20 lines of one kind in 10 s, and says then how many more there were, also where nothing
/// else is logged. Of one kind are lines of one logger with the same words around what differs. Requests that
/// somebody wants logged are no flood.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards `kinds`, at most 256, of which the oldest is forgotten.
final class FloodFilter extends Filter<ILoggingEvent> {
    private record Kind(String logger, String words) {}

    private static final class Seen {
        private final long sinceMillis;
        private int count;

        Seen(long sinceMillis) {
            this.sinceMillis = sinceMillis;
        }
    }

    private static final int MOST = 20;
    private static final int KINDS = 256;
    private static final long SPAN_MILLIS = Duration.ofSeconds(10).toMillis();

    private final Appender<ILoggingEvent> appender;
    private final Executor afterwards;
    private final LinkedHashMap<Kind, Seen> kinds = new LinkedHashMap<>();

    /// @param appender that says how many were left out
    FloodFilter(Appender<ILoggingEvent> appender) {
        this(appender, CompletableFuture.delayedExecutor(SPAN_MILLIS, TimeUnit.MILLISECONDS));
    }

    /// @param afterwards does what it is given when the 10 s are over
    FloodFilter(Appender<ILoggingEvent> appender, Executor afterwards) {
        this.appender = appender;
        this.afterwards = afterwards;
    }

    @Override
    public FilterReply decide(ILoggingEvent event) {
        if (event instanceof Summary || event.getLoggerName().equals(AccessLines.LOGGER)) return FilterReply.ACCEPT;
        List<Summary> summaries = new ArrayList<>();
        Kind kind = new Kind(event.getLoggerName(), String.valueOf(event.getMessage()));
        Seen seen;
        int count;
        synchronized (this) {
            forget(event.getTimeStamp(), summaries);
            seen = kinds.computeIfAbsent(kind, absent -> new Seen(event.getTimeStamp()));
            count = ++seen.count;
        }
        summaries.forEach(appender::doAppend);
        if (count == MOST + 1) afterwards.execute(() -> end(kind, seen));
        return count > MOST ? FilterReply.DENY : FilterReply.NEUTRAL;
    }

    /// A flood that nothing has followed.
    private void end(Kind kind, Seen seen) {
        Summary summary;
        synchronized (this) {
            if (!kinds.remove(kind, seen)) return;
            summary = new Summary(kind, seen.count - MOST, System.currentTimeMillis());
        }
        appender.doAppend(summary);
    }

    private void forget(long now, List<Summary> summaries) {
        while (!kinds.isEmpty()) {
            Map.Entry<Kind, Seen> oldest = kinds.firstEntry();
            Seen seen = oldest.getValue();
            if (kinds.size() <= KINDS && now - seen.sinceMillis < SPAN_MILLIS) return;
            kinds.pollFirstEntry();
            if (seen.count > MOST) summaries.add(new Summary(oldest.getKey(), seen.count - MOST, now));
        }
    }

    /// How many lines of a kind were left out.
    private static final class Summary extends LoggingEvent {
        Summary(Kind kind, int more, long now) {
            setLoggerName(kind.logger());
            setLevel(Level.WARN);
            setThreadName(Thread.currentThread().getName());
            setTimeStamp(now);
            setMDCPropertyMap(Map.of());
            setMessage(more + " more such lines were left out: " + kind.words());
        }

        @Override
        public @Nullable String getFormattedMessage() {
            return getMessage();
        }
    }
}
