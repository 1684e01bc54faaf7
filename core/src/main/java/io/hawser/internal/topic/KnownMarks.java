package io.hawser.internal.topic;

import io.hawser.cluster.Position;
import io.hawser.cluster.TopicClass;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicMessage;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What a memory knows of the marks ([HistoryMarks]) of its history. In a topic without messages the last mark is
/// the position: it has a tag, so that it proves, as a message does, that the history is the same.
///
/// Thread: whoever owns it holds a lock.
final class KnownMarks {
    /// What the marks say of a position.
    enum Says {
        /// It is that of a mark, so all since is of the same history.
        PROVED,
        /// It is not that of a mark.
        NOTHING,
        /// The marks there are not known, and have to be read.
        UNKNOWN
    }

    private static final TopicConfig KEPT = new TopicConfig(TopicClass.LOG, 1000, Duration.ofHours(24), 1 << 20);

    private final String epoch;
    private final TopicLog log;
    private final boolean isMarked;

    private KnownMarks(String epoch, TopicLog log, boolean isMarked) {
        this.epoch = epoch;
        this.log = log;
        this.isMarked = isMarked;
    }

    /// Those of a history of which none is known up to `offset`.
    ///
    /// @param isMarked whether it has any, the first before all other messages
    static KnownMarks of(String epoch, long offset, boolean isMarked) {
        return new KnownMarks(epoch, new TopicLog(KEPT, epoch, offset), isMarked);
    }

    /// All that there are, as they were read, and those of `later` that came since.
    static KnownMarks of(LoadedTopic loaded, KnownMarks later, long nowNanos) {
        TopicLog log = new TopicLog(KEPT, loaded.epoch(), loaded.completeAfter());
        log.wholeNow();
        for (LoadedTopic.Aged aged : loaded.messages()) log.append(aged.message(), nowNanos - aged.ageNanos());
        later.log.appendTo(log);
        return new KnownMarks(loaded.epoch(), log, true);
    }

    void append(TopicMessage message, long nowNanos) {
        log.append(message, nowNanos);
        log.trim(nowNanos);
    }

    boolean areKnown() {
        return !isMarked || log.isWhole();
    }

    /// Every mark with a greater offset is known.
    long completeAfter() {
        return log.completeAfter();
    }

    /// The position in a topic that has no message up to `through`: the last mark there; null if it is not known.
    @Nullable
    Position origin(long through) {
        Position last = log.lastThrough(through);
        if (last != null) return last;
        if (!areKnown()) return null;
        return new Position(epoch, isMarked && log.completeAfter() == 0 ? 0 : through, "");
    }

    Says say(Position position) {
        // Without a tag it proves nothing, but where nothing can have been rolled back before it.
        if (position.tag().isEmpty()) return isMarked && position.offset() > 0 ? Says.NOTHING : Says.PROVED;
        String tag = log.tagAt(position.offset());
        if (tag != null) return tag.equals(position.tag()) ? Says.PROVED : Says.NOTHING;
        return areKnown() || position.offset() > log.completeAfter() ? Says.NOTHING : Says.UNKNOWN;
    }
}
