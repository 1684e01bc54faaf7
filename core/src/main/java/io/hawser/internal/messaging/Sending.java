package io.hawser.internal.messaging;

import io.hawser.messaging.Receipt;
import io.hawser.session.Message;
import java.util.concurrent.TimeUnit;

/// A message on its way out of a client, and its receipt.
public final class Sending implements Receipt {
    private final long number;
    private final Message message;
    private State state = State.QUEUED;

    Sending(long number, Message message) {
        this.number = number;
        this.message = message;
    }

    long number() {
        return number;
    }

    Message message() {
        return message;
    }

    @Override
    public synchronized State state() {
        return state;
    }

    synchronized void become(State ended) {
        if (state != State.QUEUED) return;
        state = ended;
        notifyAll();
    }

    public synchronized boolean await(long time, TimeUnit unit) throws InterruptedException {
        long end = System.nanoTime() + Math.min(unit.toNanos(time), Long.MAX_VALUE / 2);
        while (state == State.QUEUED) {
            long left = end - System.nanoTime();
            if (left <= 0) return false;
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return true;
    }
}
