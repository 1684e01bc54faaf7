package io.hawser.testkit;

import io.hawser.cluster.BackplaneListener;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A listener that remembers what it heard.
///
/// Thread: safe from any.
public final class Heard implements BackplaneListener {
    private final List<TopicMessage> messages = new ArrayList<>();
    private int interruptions;

    /// One that has heard nothing.
    public Heard() {}

    @Override
    public synchronized void message(TopicMessage message) {
        messages.add(message);
        notifyAll();
    }

    @Override
    public synchronized void interrupted() {
        interruptions++;
        notifyAll();
    }

    /// How often it was told that something may be missing.
    public synchronized int interruptions() {
        return interruptions;
    }

    /// What it has heard of `topic`.
    public synchronized List<TopicMessage> of(Topic topic) {
        return messages.stream()
                .filter(message -> message.topic().equals(topic))
                .toList();
    }

    /// What it has heard of `topic`, as texts.
    public List<String> texts(Topic topic) {
        return of(topic).stream().map(message -> message.payload().toUtf8()).toList();
    }

    /// Waits until it has heard so many of `topic`.
    public synchronized List<TopicMessage> await(Topic topic, int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(BackplaneSubject.PATIENCE_SECONDS);
        while (of(topic).size() < count) {
            long left = end - System.nanoTime();
            if (left <= 0) throw new AssertionError("heard " + of(topic).size() + " of " + topic + ", not " + count);
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return of(topic);
    }
}
