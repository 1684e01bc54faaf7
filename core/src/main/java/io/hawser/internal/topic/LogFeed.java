package io.hawser.internal.topic;

import io.hawser.cluster.Registration;
import io.hawser.cluster.TopicMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One run of the feed that brings a node every message: what arrives is held until it is proved that the history
/// is the one that was asked for, then passed on, until a message is missing or the run is stopped.
///
/// Thread: safe from any.
///
/// Lock: this monitor guards all fields and is held while a message is passed on, so that none is after `stop`.
final class LogFeed implements LogBroker.Receiver {
    /// More than arrives in the time that a proof takes; over it the run is given up.
    private static final int MAX_HELD = 100_000;

    private final Consumer<TopicMessage> out;
    private final Runnable broken;
    private @Nullable List<TopicMessage> held = new ArrayList<>();
    private @Nullable Registration registration;
    private long received;
    private boolean isStopped;

    /// @param broken told when a message is missing
    LogFeed(Consumer<TopicMessage> out, Runnable broken) {
        this.out = out;
        this.broken = broken;
    }

    @Override
    public synchronized void message(long number, TopicMessage message) {
        if (isStopped) return;
        List<TopicMessage> waiting = held;
        if (number != ++received || (waiting != null && waiting.size() == MAX_HELD)) {
            stop();
            broken.run();
        } else if (waiting != null) {
            waiting.add(message);
        } else {
            out.accept(message);
        }
    }

    /// It is what was asked for.
    synchronized void open() {
        List<TopicMessage> waiting = held;
        held = null;
        if (waiting == null) return;
        for (TopicMessage message : waiting) {
            if (isStopped) return;
            out.accept(message);
        }
    }

    /// It runs by `running`.
    synchronized void started(Registration running) {
        if (isStopped) running.close();
        else registration = running;
    }

    synchronized void stop() {
        isStopped = true;
        held = null;
        Registration running = registration;
        registration = null;
        if (running != null) running.close();
    }
}
