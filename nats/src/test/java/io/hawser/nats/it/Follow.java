package io.hawser.nats.it;

import io.hawser.HawserException;
import io.hawser.cluster.Position;
import io.hawser.cluster.ResyncReason;
import io.hawser.cluster.SubscribeAnswer;
import io.hawser.cluster.Subscriber;
import io.hawser.cluster.Topic;
import io.hawser.cluster.TopicMessage;
import io.hawser.cluster.TopicPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A subscriber that writes down what it is told. Thread: safe from any.
final class Follow implements Subscriber, SubscribeAnswer {
    private final List<String> told = new ArrayList<>();
    private Position last = Position.NONE;

    private synchronized void tell(String what) {
        told.add(what);
        notifyAll();
    }

    @Override
    public synchronized boolean message(TopicMessage message) {
        last = message.position();
        tell(message.payload().toUtf8());
        return true;
    }

    @Override
    public boolean gap(TopicPattern subscription, long missed) {
        tell("gap " + missed);
        return true;
    }

    @Override
    public boolean resync(Topic topic, ResyncReason reason, Position head) {
        tell("resync " + reason);
        return true;
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void subscribed(Position head, boolean isRecovered, int missed) {
        tell("subscribed" + (isRecovered ? " recovered " + missed : ""));
    }

    @Override
    public void failed(HawserException reason) {
        tell("failed " + reason.getClass().getSimpleName());
    }

    synchronized Position last() {
        return last;
    }

    synchronized List<String> told() {
        return List.copyOf(told);
    }

    synchronized List<String> await(Predicate<List<String>> enough) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!enough.test(told)) {
            long left = end - System.nanoTime();
            if (left <= 0) throw new AssertionError("only this was told: " + told);
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return List.copyOf(told);
    }

    List<String> awaitLast(String what) throws InterruptedException {
        return await(all -> !all.isEmpty() && all.getLast().equals(what));
    }
}
