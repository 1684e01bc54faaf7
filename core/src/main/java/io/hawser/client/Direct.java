package io.hawser.client;

import java.util.ArrayDeque;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/// The direct messages of one session, each handled once and then acknowledged. The hub sends no more
/// than 256 that are not, so as many wait at most; of messages to all, which are not kept, what finds
/// no place is dropped.
///
/// Lock: this monitor guards all fields; no handler is called while it is held.
final class Direct {
    private record Numbered(long s, DirectMessage message) {}

    private static final Logger LOG = LoggerFactory.getLogger(Direct.class);
    private static final int MAX_WAITING = 512;

    private final Consumer<DirectMessage> handler;
    private final LongConsumer acknowledge;
    private final ArrayDeque<Numbered> waiting = new ArrayDeque<>();
    private long lastS;
    private boolean isRunning;
    private boolean isClosed;

    Direct(Consumer<DirectMessage> handler, LongConsumer acknowledge) {
        this.handler = handler;
        this.acknowledge = acknowledge;
    }

    /// Up to which number all have come.
    synchronized long lastS() {
        return lastS;
    }

    /// Another session begins, which numbers from the start.
    synchronized void forget() {
        lastS = 0;
    }

    synchronized void message(JsonNode msg) {
        long s = msg.path("s").asLong(0);
        if (isClosed || (s > 0 && s <= lastS) || waiting.size() == MAX_WAITING) return;
        if (s > 0) lastS = s;
        JsonNode from = msg.path("from");
        waiting.addLast(new Numbered(
                s,
                new DirectMessage(
                        from.path("sid").asString(""), from.path("user").asString(""), Requests.data(msg))));
        if (isRunning) return;
        isRunning = true;
        Thread.ofVirtual().name("hawser-direct").start(this::handAll);
    }

    private void handAll() {
        for (Numbered next = next(); next != null; next = next()) {
            try {
                handler.accept(next.message());
            } catch (Throwable failure) {
                LOG.warn("the handler of direct messages failed", failure);
            }
            if (next.s() > 0) acknowledge.accept(next.s());
        }
    }

    private synchronized @Nullable Numbered next() {
        Numbered next = isClosed ? null : waiting.pollFirst();
        if (next == null) isRunning = false;
        return next;
    }

    synchronized void close() {
        isClosed = true;
    }
}
