package io.hawser.internal.topic;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// The memory of the topics of one node: everything with an offset above `forgottenThrough`, as far as
/// the rules of its topic keep it.
///
/// Over a limit the topic that was not used for longest is forgotten whole.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields; nothing is called while it is held.
public final class TopicStore {
    private TopicRules rules;
    private final MemoryLimits limits;
    private final TimeSource time;
    private final LinkedHashMap<Topic, TopicLog> logs = new LinkedHashMap<>(16, 0.75f, true);
    private String epoch;
    private long offset;
    private long forgottenThrough;
    private long bytes;
    private long life;
    private KnownMarks marks;
    /// The newest message that was read elsewhere before it was appended here, if there is one.
    private Position ahead = Position.NONE;

    /// A memory of the life `epoch` of a history, from behind `offset` on, which is nobody else's and has no
    /// marks.
    public TopicStore(TopicRules rules, MemoryLimits limits, TimeSource time, String epoch, long offset) {
        this.rules = rules;
        this.limits = limits;
        this.time = time;
        this.epoch = epoch;
        this.offset = offset;
        this.forgottenThrough = offset;
        this.marks = KnownMarks.of(epoch, offset, false);
    }

    /// From now on `changed` says what is kept.
    public synchronized void rules(TopicRules changed) {
        rules = changed;
        logs.forEach((topic, log) -> {
            bytes -= log.bytes();
            log.config(changed.of(topic));
            log.trim(time.nanoTime());
            bytes += log.bytes();
        });
    }

    /// Forgets everything, and begins again behind `from` in a history which may be another one.
    public synchronized void begin(String otherEpoch, long from) {
        life++;
        ahead = Position.NONE;
        epoch = otherEpoch;
        skip(from);
    }

    /// Forgets everything, and goes on behind `from` in the same history.
    public synchronized void skip(long from) {
        logs.clear();
        bytes = 0;
        offset = from;
        forgottenThrough = from;
        marks = KnownMarks.of(epoch, from, true);
    }

    /// Counts how often this memory began: what was learnt in one of its lives says nothing in another.
    public synchronized long life() {
        return life;
    }

    public synchronized String epoch() {
        return epoch;
    }

    /// Up to where all is known.
    public synchronized long offset() {
        return offset;
    }

    /// Gives `payload` the next offset.
    public synchronized TopicMessage append(Topic topic, Bytes payload, String tag) {
        Position position = new Position(epoch, offset + 1, tag);
        TopicMessage message = new TopicMessage(topic, position, payload, time.now());
        var _ = append(message);
        return message;
    }

    /// Takes a message that has its offset.
    ///
    /// @return false if it is not of the history that this memory has read ahead
    public synchronized boolean append(TopicMessage message) {
        Position at = message.position();
        boolean isAsRead = at.offset() != ahead.offset() || at.equals(ahead);
        offset = Math.max(offset, at.offset());
        if (message.topic().equals(LogBroker.NOBODYS)) return isAsRead;
        if (message.topic().equals(HistoryMarks.TOPIC)) marks.append(message, time.nanoTime());
        TopicLog log = logs.get(message.topic());
        if (log == null) {
            log = new TopicLog(rules.of(message.topic()), epoch, forgottenThrough);
            logs.put(message.topic(), log);
        } else {
            bytes -= log.bytes();
        }
        boolean isNew = log.append(message, time.nanoTime());
        log.trim(time.nanoTime());
        bytes += log.bytes();
        forgetTooMuch();
        return isAsRead && (isNew || log.mayHave(at));
    }

    /// The newest message that was read elsewhere and is not appended yet; [Position#NONE] if there is none.
    public synchronized Position ahead() {
        return ahead.offset() > offset ? ahead : Position.NONE;
    }

    private void readAhead(LoadedTopic loaded) {
        if (loaded.messages().isEmpty()) return;
        Position newest = loaded.messages().getLast().message().position();
        if (newest.offset() > Math.max(offset, ahead.offset())) ahead = newest;
    }

    /// There is nothing up to `through` but what was appended.
    public synchronized void advance(long through) {
        offset = Math.max(offset, through);
    }

    private void forgetTooMuch() {
        while (logs.size() > 1 && (bytes > limits.historyBytes() || logs.size() > limits.topics())) {
            Iterator<TopicLog> eldestFirst = logs.values().iterator();
            TopicLog eldest = eldestFirst.next();
            eldestFirst.remove();
            bytes -= eldest.bytes();
            forgottenThrough = Math.max(forgottenThrough, eldest.lastOffset());
        }
    }

    /// The last `limit` messages of `topic` that are known; empty if not even the last is.
    public synchronized Optional<History> last(Topic topic, int limit) {
        return log(topic).last(limit, marks, offset);
    }

    /// What came after `after`, the first `limit` of it; empty if this memory does not reach that far
    /// back or forward.
    public synchronized Optional<History> after(Topic topic, Position after, int limit) {
        return log(topic).after(after, limit, marks, offset);
    }

    /// As [#after], where there is nothing beyond this memory.
    public synchronized History afterAtLast(Topic topic, Position after, int limit) {
        return afterAtLast(log(topic), after, limit, offset);
    }

    private History afterAtLast(TopicLog log, Position after, int limit, long through) {
        return log.after(after, limit, marks, through)
                .orElseGet(() -> History.broken(headAtLast(log, through), log.hole(after, through)));
    }

    private Position headAtLast(TopicLog log, long through) {
        Position head = log.head(marks, through);
        return head == null ? new Position(log.epoch(), through, "") : head;
    }

    /// As [#last], where there is nothing beyond this memory.
    public synchronized History lastAtLast(Topic topic, int limit) {
        return lastAtLast(log(topic), limit, offset);
    }

    private History lastAtLast(TopicLog log, int limit, long through) {
        return log.last(limit, marks, through)
                .orElseGet(() -> new History(headAtLast(log, through), List.of(), Optional.empty()));
    }

    private TopicLog log(Topic topic) {
        TopicLog log = logs.get(topic);
        if (log == null) return new TopicLog(rules.of(topic), epoch, forgottenThrough);
        bytes -= log.bytes();
        log.trim(time.nanoTime());
        bytes += log.bytes();
        return log;
    }

    /// As [#last], if nothing that the rules would replay is unknown.
    public synchronized Optional<History> lastIfComplete(Topic topic, int limit) {
        TopicLog log = log(topic);
        return log.isWhole() || limit == 0 ? log.last(limit, marks, offset) : Optional.empty();
    }

    /// Whether all marks are known that there are.
    public synchronized boolean knowsMarks() {
        return marks.areKnown();
    }

    /// The marks as they were just read elsewhere.
    ///
    /// @param readIn the life of this memory in which the reading began
    public synchronized void joinMarks(LoadedTopic loaded, long readIn) {
        boolean isJoined = readIn == life && marks.completeAfter() <= loaded.through();
        if (!isJoined) return;
        readAhead(loaded);
        marks = KnownMarks.of(loaded, marks, time.nanoTime());
    }

    /// Whether what was read of a topic elsewhere is not of the history that this memory is of.
    public synchronized boolean contradicts(Topic topic, LoadedTopic loaded) {
        TopicLog known = logs.get(topic);
        TopicLog log = known == null ? new TopicLog(rules.of(topic), epoch, forgottenThrough) : known;
        return !loaded.epoch().equals(epoch) || log.contradicts(loaded, offset);
    }

    /// What came after `after`, or last, by what was just read of its topic elsewhere, joined to what has been
    /// appended meanwhile and remembered with it.
    ///
    /// @param readIn the life of this memory in which the reading began
    /// @param seen up to which offset the answer has to reach at least
    /// @return empty if what was read does not reach, or this memory has begun anew: it is to be read again
    public synchronized Optional<History> joined(
            Topic topic, Optional<Position> after, int limit, LoadedTopic loaded, long readIn, long seen) {
        if (readIn != life || !marks.areKnown()) return Optional.empty();
        TopicLog known = logs.get(topic);
        long joint = known == null ? forgottenThrough : known.completeAfter();
        boolean isJoined = joint <= loaded.through();
        long through = isJoined ? Math.max(offset, loaded.through()) : loaded.through();
        if (through < seen) return Optional.empty();
        readAhead(loaded);
        TopicLog log = log(topic, loaded);
        if (isJoined) {
            if (known != null) {
                known.appendTo(log);
                bytes -= known.bytes();
            }
            logs.put(topic, log);
        }
        log.trim(time.nanoTime());
        if (isJoined) {
            bytes += log.bytes();
            forgetTooMuch();
        }
        return Optional.of(after.map(position -> afterAtLast(log, position, limit, through))
                .orElseGet(() -> lastAtLast(log, limit, through)));
    }

    private TopicLog log(Topic topic, LoadedTopic loaded) {
        TopicLog log = new TopicLog(rules.of(topic), loaded.epoch(), loaded.completeAfter());
        log.wholeNow();
        long now = time.nanoTime();
        for (LoadedTopic.Aged aged : loaded.messages()) log.append(aged.message(), now - aged.ageNanos());
        return log;
    }

    /// What it all takes, about.
    public synchronized long bytes() {
        return bytes;
    }

    public synchronized int topics() {
        return logs.size();
    }

    /// Those that are remembered, by name: those behind `after`, the first `limit` of them.
    public List<Topic> topics(String after, int limit) {
        List<Topic> all;
        synchronized (this) {
            all = new ArrayList<>(logs.keySet());
        }
        return all.stream()
                .filter(topic -> topic.name().compareTo(after) > 0)
                .sorted(Comparator.comparing(Topic::name))
                .limit(limit)
                .toList();
    }
}
