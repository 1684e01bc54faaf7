package io.hawser.internal.messaging;

import io.hawser.HawserException.Processed;
import io.hawser.Rejected;
import io.hawser.SessionClosed;
import io.hawser.messaging.Receipt;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import java.time.Duration;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a client was given to send: straight to the open connection, or kept, in order and bounded, until there
/// is one.
///
/// `kept` holds what has not been handed to a connection, or came back from one that closed before it wrote it;
/// the numbers keep the order. `open` is set only once `kept` has been handed over, so later messages come
/// behind. `senders` are those that have picked `open` and not come back: before the next connection there must be
/// none ([#awaitSenders]), or what they still bring back would come behind later messages, or wait for the
/// connection after.
///
/// Lock: this monitor guards all fields. It is never held while a send waits.
final class SendQueue {
    private final int maxMessages;
    private final int maxBytes;
    private final MsgiFraming framing;
    private final TreeMap<Long, Sending> kept = new TreeMap<>();
    private int keptBytes;
    private long nextNumber;
    private int senders;
    private boolean ended;
    private @Nullable MsgiClientLink open;

    SendQueue(MsgiFraming framing, int maxMessages, int maxBytes) {
        this.framing = framing;
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /// Sends `message`, and waits while the connection's queue is full; without a connection it is kept.
    ///
    /// @throws Rejected if it would have to be kept and there is no room
    /// @throws SessionClosed if the client has stopped
    /// @throws io.hawser.LimitExceeded if it is too long for any connection
    Receipt send(Message message) {
        var _ = framing.encodedSize(message.size());
        Sending sending;
        MsgiClientLink link;
        synchronized (this) {
            checkNotEnded();
            sending = new Sending(nextNumber++, message.keep());
            link = open;
            if (link == null) {
                keepNew(sending);
                return sending;
            }
            senders++;
        }
        boolean closed = false;
        try {
            link.send(sending);
        } catch (SessionClosed e) {
            closed = true;
        } finally {
            synchronized (this) {
                if (--senders == 0) notifyAll();
                if (closed) keepInstead(sending, link);
            }
        }
        return sending;
    }

    private void keepInstead(Sending sending, MsgiClientLink link) {
        disconnected(link);
        checkNotEnded();
        keepNew(sending);
    }

    /// Waits until nobody is sending through the connection that has closed.
    synchronized void awaitSenders() throws InterruptedException {
        while (senders > 0) wait();
    }

    private void checkNotEnded() {
        if (ended) throw new SessionClosed(CloseReason.NORMAL.code(), "client closed", Processed.NO);
    }

    private void keepNew(Sending sending) {
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

    /// Hands what was kept to `link`, and lets it have what follows. Thread: the event loop of `link`.
    synchronized void connected(MsgiClientLink link) {
        for (var first = kept.pollFirstEntry(); first != null; first = kept.pollFirstEntry()) {
            Sending sending = first.getValue();
            keptBytes -= sending.message().size();
            if (!link.sendKept(sending)) return; // the rest is for the next connection
        }
        open = link;
    }

    @SuppressWarnings("ReferenceEquality") // links are identities
    synchronized void disconnected(MsgiClientLink link) {
        if (open == link) open = null;
    }

    /// A connection has closed before it wrote `sending`. It was accepted once, so the bounds do not count.
    synchronized void returned(Sending sending) {
        if (ended) sending.become(Receipt.State.LOST);
        else keep(sending);
    }

    /// Nothing will be sent any more: what is kept is lost.
    synchronized void end() {
        ended = true;
        open = null;
        for (Sending sending : kept.values()) sending.become(Receipt.State.LOST);
        kept.clear();
        keptBytes = 0;
    }

    synchronized int keptMessages() {
        return kept.size();
    }
}
