package io.hawser.internal.client;

import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Receipt;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// What a client was given to send: straight to the open connection, or kept, in order and bounded, until
/// there is one.
///
/// `kept` holds what has not been handed to a connection, or came back from one that closed before it wrote
/// it; the numbers keep the order. `open` is set only once `kept` has been handed over, so later messages
/// come behind. `senders` are those that have picked `open` and not come back: before the next connection
/// there must be none ([#awaitSenders]), or what they still bring back would come behind later messages, or
/// wait for the connection after.
///
/// Lock: `lock` guards the fields that are not final or volatile. It is never held while a send waits, and
/// an event loop never waits for it: a connection that opens tries again in the loop's next turn, and what
/// one that closes gives back goes to `back`, which whoever holds the lock next empties first.
public final class SendQueue {
    private final int maxMessages;
    private final int maxBytes;
    private final IntConsumer checkSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition noSenders = lock.newCondition();
    private final ConcurrentLinkedQueue<Sending> back = new ConcurrentLinkedQueue<>();
    private final AtomicReference<@Nullable ClientLink> open = new AtomicReference<>();
    private final TreeMap<Long, Sending> kept = new TreeMap<>();
    private int keptBytes;
    private long nextNumber;
    private int senders;
    private volatile boolean ended;

    /// An empty queue.
    ///
    /// @param checkSize throws for the size of a message that no connection would send
    public SendQueue(IntConsumer checkSize, int maxMessages, int maxBytes) {
        this.checkSize = checkSize;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /// Sends `message`, and waits while the connection's queue is full; without a connection it is kept.
    ///
    /// @throws Rejected if it would have to be kept and there is no room
    /// @throws SessionClosed if the client has stopped
    /// @throws io.hawser.LimitExceeded if it is too long for any connection
    public Receipt send(Message message) {
        checkSize.accept(message.size());
        Sending sending;
        ClientLink link;
        lock.lock();
        try {
            checkNotEnded();
            sending = new Sending(nextNumber++, message.keep());
            link = open.get();
            if (link == null) {
                keepNew(sending);
                return sending;
            }
            senders++;
        } finally {
            lock.unlock();
        }
        boolean closed = false;
        try {
            link.send(sending);
        } catch (SessionClosed e) {
            closed = true;
        } finally {
            lock.lock();
            try {
                if (--senders == 0) noSenders.signalAll();
                if (closed) keepInstead(sending, link);
            } finally {
                lock.unlock();
            }
        }
        return sending;
    }

    private void keepInstead(Sending sending, ClientLink link) {
        disconnected(link);
        checkNotEnded();
        keepNew(sending);
    }

    /// Waits until nobody is sending through the connection that has closed.
    public void awaitSenders() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (senders > 0) noSenders.await();
        } finally {
            lock.unlock();
        }
    }

    private void checkNotEnded() {
        if (ended) throw new SessionClosed(CloseReason.NORMAL.code(), "client closed", Processed.NO);
    }

    private void keepNew(Sending sending) {
        keepBack();
        int size = sending.message().size();
        if (kept.size() >= maxMessages || keptBytes + (long) size > maxBytes) {
            throw new Rejected(
                    "not connected, and " + kept.size() + " messages of " + keptBytes + " bytes wait already",
                    Duration.ofSeconds(1));
        }
        keep(sending);
    }

    private void keep(Sending sending) {
        kept.put(sending.number(), sending);
        keptBytes += sending.message().size();
    }

    private void keepBack() {
        if (ended) loseBack();
        for (Sending sending = back.poll(); sending != null; sending = back.poll()) keep(sending);
    }

    /// Hands what was kept to `link`, and lets it have what follows. Thread: the event loop of `link`.
    ///
    /// @return false if somebody else is at the queue: to be tried again
    boolean connected(ClientLink link) {
        if (!lock.tryLock()) return false;
        try {
            keepBack();
            for (var first = kept.pollFirstEntry(); first != null; first = kept.pollFirstEntry()) {
                Sending sending = first.getValue();
                keptBytes -= sending.message().size();
                if (!link.sendKept(sending)) return true; // the rest is for the next connection
            }
            if (!ended) open.set(link);
        } finally {
            lock.unlock();
        }
        return true;
    }

    /// Thread: safe from any; never waits.
    void disconnected(ClientLink link) {
        open.compareAndSet(link, null);
    }

    /// A connection has closed before it wrote `sending`. It was accepted once, so the bounds do not count.
    ///
    /// Thread: safe from any; never waits.
    void returned(Sending sending) {
        back.add(sending);
        if (ended) loseBack(); // which end() may have done before it was there
    }

    private void loseBack() {
        for (Sending sending = back.poll(); sending != null; sending = back.poll()) {
            sending.become(Receipt.State.LOST);
        }
    }

    /// Nothing will be sent any more: what is kept is lost.
    public void end() {
        lock.lock();
        try {
            ended = true;
            open.set(null);
            for (Sending sending : kept.values()) sending.become(Receipt.State.LOST);
            kept.clear();
            keptBytes = 0;
            loseBack();
        } finally {
            lock.unlock();
        }
    }

    public int keptMessages() {
        lock.lock();
        try {
            keepBack();
            return kept.size();
        } finally {
            lock.unlock();
        }
    }
}
