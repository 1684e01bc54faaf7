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
/// behind.
///
/// Lock: this monitor guards all fields. It is never held while a send waits.
final class SendQueue {
    private final int maxMessages;
    private final int maxBytes;
    private final TreeMap<Long, Sending> kept = new TreeMap<>();
    private int keptBytes;
    private long nextNumber;
    private boolean ended;
    private @Nullable MsgiClientLink open;

    SendQueue(int maxMessages, int maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /// Sends `message`, and waits while the connection's queue is full; without a connection it is kept.
    ///
    /// @throws Rejected if it would have to be kept and there is no room
    /// @throws SessionClosed if the client has stopped
    Receipt send(Message message) {
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
        }
        try {
            link.send(sending);
        } catch (SessionClosed closed) {
            synchronized (this) {
                disconnected(link);
                checkNotEnded();
                keepNew(sending);
            }
        }
        return sending;
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
        for (Sending sending : kept.values()) link.sendKept(sending);
        kept.clear();
        keptBytes = 0;
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
