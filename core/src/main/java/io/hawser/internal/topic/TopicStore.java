package io.hawser.internal.topic;

import io.hawser.Bytes;
import io.hawser.TimeSource;
import io.hawser.cluster.History;
import io.hawser.cluster.MemoryLimits;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicRules;
import java.util.Iterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.LinkedHashMap;
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
    private final TopicRules rules;
    private final MemoryLimits limits;
    private final TimeSource time;
    private final LinkedHashMap<Topic, TopicLog> logs = new LinkedHashMap<>(16, 0.75f, true);
    private String epoch;
    private long offset;
    private long forgottenThrough;
    private long bytes;

    /// A memory of the life `epoch` of a history, from behind `offset` on.
    public TopicStore(TopicRules rules, MemoryLimits limits, TimeSource time, String epoch, long offset) {
        this.rules = rules;
        this.limits = limits;
        this.time = time;
        this.epoch = epoch;
        this.offset = offset;
        this.forgottenThrough = offset;
    }

    /// Forgets everything, and begins again behind `from` in `life`.
    public synchronized void begin(String life, long from) {
        logs.clear();
        bytes = 0;
        epoch = life;
        offset = from;
        forgottenThrough = from;
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
        append(message);
        return message;
    }

    /// Takes a message that has its offset.
    public synchronized void append(TopicMessage message) {
        offset = Math.max(offset, message.position().offset());
        TopicLog log = logs.get(message.topic());
        if (log == null) {
            log = new TopicLog(rules.of(message.topic()), epoch, forgottenThrough);
            logs.put(message.topic(), log);
        } else {
            bytes -= log.bytes();
        }
        log.append(message, time.nanoTime());
        log.trim(time.nanoTime());
        bytes += log.bytes();
        forgetTooMuch();
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

    /// The last `limit` messages of `topic` that are known.
    public synchronized History last(Topic topic, int limit) {
        return log(topic).last(limit, offset);
    }

    /// What came after `after`, the first `limit` of it; empty if this memory does not reach that far
    /// back or forward.
    public synchronized Optional<History> after(Topic topic, Position after, int limit) {
        return log(topic).after(after, limit, offset);
    }

    /// As [#after], where there is nothing beyond this memory.
    public synchronized History afterAtLast(Topic topic, Position after, int limit) {
        return after(topic, after, limit)
                .orElseGet(() -> History.broken(
                        log(topic).head(offset), after.offset() > offset ? ResyncReason.FORK : ResyncReason.WINDOW));
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
        boolean isEnough = log.isWhole() || (limit == 0 && log.isHeadKnown());
        return isEnough ? Optional.of(log.last(limit, offset)) : Optional.empty();
    }

    /// Whether anything is remembered of `topic`.
    public synchronized boolean knows(Topic topic) {
        return log(topic).isHeadKnown();
    }

    /// What came after `after` by what was just read of its topic elsewhere, which is remembered if it
    /// can be joined to what has been appended meanwhile.
    public synchronized History after(Topic topic, Position after, int limit, LoadedTopic loaded) {
        TopicLog log = join(topic, loaded);
        long through = loaded.epoch().equals(epoch) ? Math.max(offset, loaded.through()) : loaded.through();
        return log.after(after, limit, through)
                .orElseGet(() -> History.broken(
                        log.head(through), after.offset() > through ? ResyncReason.FORK : ResyncReason.WINDOW));
    }

    /// The last `limit` messages, in the same way.
    public synchronized History last(Topic topic, int limit, LoadedTopic loaded) {
        return join(topic, loaded).last(limit, loaded.through());
    }

    private TopicLog join(Topic topic, LoadedTopic loaded) {
        long now = time.nanoTime();
        TopicLog log = new TopicLog(rules.of(topic), loaded.epoch(), loaded.completeAfter());
        log.wholeNow();
        for (LoadedTopic.Aged aged : loaded.messages()) log.append(aged.message(), now - aged.ageNanos());
        TopicLog known = logs.get(topic);
        long joint = known == null ? forgottenThrough : known.completeAfter();
        boolean isJoined = loaded.epoch().equals(epoch) && joint <= loaded.through();
        if (isJoined && known != null) known.appendTo(log);
        log.trim(now);
        if (isJoined) {
            if (known != null) bytes -= known.bytes();
            logs.put(topic, log);
            bytes += log.bytes();
            forgetTooMuch();
        }
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
