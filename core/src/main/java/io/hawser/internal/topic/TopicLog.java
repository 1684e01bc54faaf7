package io.hawser.internal.topic;

import io.hawser.cluster.History;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.TopicConfig;
import io.hawser.cluster.TopicMessage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is remembered of one topic.
///
/// `kept` are its last messages. Of those before them only the newest is known, by its position: the `anchor`,
/// which proves for whoever is there that `kept` is all since. It is what makes a quiet topic recoverable long
/// after its messages have become too old to be replayed.
///
/// Every message of the topic with an offset above `completeAfter` is in `kept`; what is below was dropped, or
/// was before this memory began.
///
/// Thread: whoever owns it holds a lock.
final class TopicLog {
    private record Kept(TopicMessage message, long nanos) {
        long offset() {
            return message.position().offset();
        }
    }

    /// About what an entry takes besides its payload.
    static final int ENTRY_BYTES = 160;

    private TopicConfig config;
    private final String epoch;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>(4);
    private @Nullable Position anchor;
    private long completeAfter;
    private long payloadBytes;
    private boolean isWhole;

    TopicLog(TopicConfig config, String epoch, long completeAfter) {
        this.config = config;
        this.epoch = epoch;
        this.completeAfter = completeAfter;
        this.isWhole = completeAfter == 0;
    }

    /// From now on `changed` says what is kept; [#trim] drops what is too much for it.
    void config(TopicConfig changed) {
        config = changed;
    }

    String epoch() {
        return epoch;
    }

    /// What is appended to it is all that there was.
    void wholeNow() {
        isWhole = true;
    }

    /// Whether nothing that the rules would replay is unknown.
    boolean isWhole() {
        return isWhole || anchor != null;
    }

    /// Adds a message of that age.
    ///
    /// @return false if it is here, or was
    boolean append(TopicMessage message, long nanos) {
        if (message.position().offset() <= Math.max(lastOffset(), completeAfter)) return false;
        kept.addLast(new Kept(message, nanos));
        payloadBytes += message.payload().size();
        return true;
    }

    /// Whether a message at `position` is here, or may have been.
    boolean mayHave(Position position) {
        return position.offset() <= completeAfter || position.tag().equals(tagAt(position.offset()));
    }

    /// Drops what is too much or too old to be replayed.
    void trim(long nowNanos) {
        long ageNanos = config.age().toNanos();
        while (!kept.isEmpty()) {
            boolean tooMuch = kept.size() > config.size() || (payloadBytes > config.bytes() && kept.size() > 1);
            if (!tooMuch && nowNanos - kept.getFirst().nanos() <= ageNanos) return;
            TopicMessage dropped = kept.removeFirst().message();
            anchor = dropped.position();
            completeAfter = dropped.position().offset();
            payloadBytes -= dropped.payload().size();
        }
    }

    /// Appends to `log` what is here and not there.
    void appendTo(TopicLog log) {
        for (Kept entry : kept) log.append(entry.message(), entry.nanos());
    }

    /// Whether this and what was read elsewhere are of two histories, so that one has a message which the other
    /// should have.
    ///
    /// @param offset up to where all is known here
    boolean contradicts(LoadedTopic loaded, long offset) {
        Map<Long, String> tags = new HashMap<>();
        for (LoadedTopic.Aged aged : loaded.messages()) {
            Position there = aged.message().position();
            tags.put(there.offset(), there.tag());
            boolean isExpected = there.offset() > completeAfter && there.offset() <= offset;
            if (isExpected && !there.tag().equals(tagAt(there.offset()))) return true;
        }
        for (Kept entry : kept) {
            boolean isExpected = entry.offset() > loaded.completeAfter() && entry.offset() <= loaded.through();
            if (isExpected && !entry.message().position().tag().equals(tags.get(entry.offset()))) return true;
        }
        return false;
    }

    /// Every message with a greater offset was kept, until the rules of the topic dropped it.
    long completeAfter() {
        return completeAfter;
    }

    long bytes() {
        return payloadBytes + (long) ENTRY_BYTES * (kept.size() + 2);
    }

    /// The offset of the last message; 0 if none is known.
    long lastOffset() {
        if (!kept.isEmpty()) return kept.getLast().offset();
        return anchor == null ? 0 : anchor.offset();
    }

    /// The position of the last message up to `offset`, as far as it is known.
    @Nullable
    Position lastThrough(long offset) {
        for (var newestFirst = kept.descendingIterator(); newestFirst.hasNext(); ) {
            Kept entry = newestFirst.next();
            if (entry.offset() <= offset) return entry.message().position();
        }
        return anchor != null && anchor.offset() <= offset ? anchor : null;
    }

    /// The position of the last message, or of the last mark where there is none; null if it is not known.
    @Nullable
    Position head(KnownMarks marks, long offset) {
        if (!kept.isEmpty()) return kept.getLast().message().position();
        if (anchor != null) return anchor;
        Position mark = isWhole ? marks.origin(offset) : null;
        // What others put in the place of this topic's messages may have pushed out one that came after the mark.
        return mark != null && mark.offset() < completeAfter ? null : mark;
    }

    /// The last `limit` messages; empty if not even the last is known.
    Optional<History> last(int limit, KnownMarks marks, long offset) {
        Position head = head(marks, offset);
        if (head == null) return Optional.empty();
        List<TopicMessage> messages = new ArrayList<>(Math.min(limit, kept.size()));
        int skip = Math.max(0, kept.size() - limit);
        for (Kept entry : kept) {
            if (skip-- <= 0) messages.add(entry.message());
        }
        return Optional.of(new History(head, messages, Optional.empty()));
    }

    /// What came after `after`, or why that cannot be told.
    ///
    /// @param offset up to where all is known of every topic
    /// @return empty if this memory does not reach that far back or forward, or does not know the head, from
    ///     which whoever goes over a hole goes on
    Optional<History> after(Position after, int limit, KnownMarks marks, long offset) {
        Position head = head(marks, offset);
        if (head == null) return Optional.empty();
        if (!after.epoch().equals(epoch)) return Optional.of(History.broken(head, ResyncReason.EPOCH));
        if (after.equals(head)) return Optional.of(new History(head, List.of(), Optional.empty()));
        if (after.offset() > offset) return Optional.empty();
        String tag = tagAt(after.offset());
        if (tag != null && !after.tag().isEmpty()) {
            return Optional.of(tag.equals(after.tag()) ? since(after, limit, head) : fork(head));
        }
        return switch (marks.say(after)) {
            case UNKNOWN -> Optional.empty();
            case PROVED -> after.offset() < completeAfter ? outOfReach(head) : Optional.of(since(after, limit, head));
            case NOTHING -> after.offset() > completeAfter ? Optional.of(fork(head)) : outOfReach(head);
        };
    }

    private Optional<History> outOfReach(Position head) {
        return anchor == null ? Optional.empty() : Optional.of(History.broken(head, ResyncReason.WINDOW));
    }

    private static History fork(Position head) {
        return History.broken(head, ResyncReason.FORK);
    }

    /// Why what came after `after` cannot be had, where there is nothing beyond this memory.
    ResyncReason hole(Position after, long offset) {
        if (!after.epoch().equals(epoch)) return ResyncReason.EPOCH;
        return after.offset() > Math.min(offset, completeAfter) ? ResyncReason.FORK : ResyncReason.WINDOW;
    }

    @Nullable
    String tagAt(long offset) {
        if (anchor != null && anchor.offset() == offset) return anchor.tag();
        for (var newestFirst = kept.descendingIterator(); newestFirst.hasNext(); ) {
            Kept entry = newestFirst.next();
            if (entry.offset() == offset) return entry.message().position().tag();
            if (entry.offset() < offset) return null;
        }
        return null;
    }

    private History since(Position after, int limit, Position head) {
        ArrayDeque<TopicMessage> newer = new ArrayDeque<>();
        for (var newestFirst = kept.descendingIterator(); newestFirst.hasNext(); ) {
            Kept entry = newestFirst.next();
            if (entry.offset() <= after.offset()) break;
            newer.addFirst(entry.message());
        }
        List<TopicMessage> messages = newer.stream().limit(limit).toList();
        return new History(head, messages, Optional.empty());
    }
}
