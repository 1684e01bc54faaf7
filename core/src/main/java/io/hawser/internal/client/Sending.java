package io.hawser.internal.client;

import io.hawser.Deadline;
import io.hawser.internal.io.IoLoop;
import io.hawser.internal.io.Waiters;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import java.util.concurrent.atomic.AtomicReference;

/// A message on its way out of a client, and its receipt.
///
/// Thread: safe from any; what the event loop calls never waits.
public final class Sending implements Receipt {
    private final long number;
    private final Message message;
    private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);
    private final Waiters waiters = new Waiters();

    Sending(long number, Message message) {
        this.number = number;
        this.message = message;
    }

    long number() {
        return number;
    }

    public Message message() {
        return message;
    }

    @Override
    public State state() {
        return state.get();
    }

    void become(State ended) {
        if (state.compareAndSet(State.QUEUED, ended)) waiters.wakeAll();
    }

    /// Waits while it is queued.
    ///
    /// @return false if it still is at the deadline
    /// @throws IllegalStateException on an event loop, which may be the one that has to send it
    public boolean awaitEnd(Deadline deadline) throws InterruptedException {
        if (IoLoop.isCurrent()) throw new IllegalStateException("await() waits, so it is refused on an event loop");
        return waiters.await(() -> state.get() != State.QUEUED, deadline);
    }
}
