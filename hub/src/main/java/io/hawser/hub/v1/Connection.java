package io.hawser.hub.v1;

import io.hawser.internal.session.ControlSender;
import io.hawser.internal.session.SessionControl;
import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Offer;
import io.hawser.session.Session;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection on which hawser.v1 is spoken.
///
/// Thread: safe from any; [#answer] for the thread of the handler only.
///
/// Lock: this monitor guards `held` and `heldBytes`.
final class Connection {
    /// A request, how it came, and how large it was.
    record Held(Request request, boolean isControl, int bytes) {}

    private static final int ROOM_DIVISOR = 2;
    private static final int MAX_HELD = 64;
    private static final int MAX_HELD_BYTES = 64 << 10;
    private static final int MAX_IN_FLIGHT = 64;

    final Session session;
    final Replies replies;
    final Pushes pushes;
    private final boolean mayWait;
    private final long softBytes;
    private final ArrayDeque<Held> held = new ArrayDeque<>(0);
    private int heldBytes;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile @Nullable Peer peer;
    private volatile @Nullable Challenge challenge;
    /// Whether the client wants to be told within which time to come back.
    volatile boolean heedsSpread;

    /// @param mayWait whether answers may wait for room, on the thread of the handler
    /// @param softBytes from where on the session takes no offers
    Connection(Session session, Replies replies, Pushes pushes, boolean mayWait, long softBytes) {
        this.session = session;
        this.replies = replies;
        this.pushes = pushes;
        this.mayWait = mayWait;
        this.softBytes = softBytes;
        if (session instanceof SessionControl gate) gate.readWhile(() -> inFlight.get() < MAX_IN_FLIGHT);
    }

    /// What a peer has to sign before it is let in.
    ///
    /// @param id of the hello that waits
    record Challenge(String nonce, long id, Call.Hello hello) {}

    void challenge(Challenge asked) {
        challenge = asked;
    }

    /// The challenge that was not answered yet, which it is once.
    @Nullable
    Challenge takeChallenge() {
        Challenge asked = challenge;
        challenge = null;
        return asked;
    }

    /// A request is under way. While 64 are, the peer is not read.
    void begin() {
        inFlight.incrementAndGet();
    }

    /// It is done. Thread: any.
    void done() {
        if (inFlight.getAndDecrement() == MAX_IN_FLIGHT && session instanceof SessionControl gate) gate.readAgain();
    }

    @Nullable
    Peer peer() {
        return peer;
    }

    /// Keeps a request that has come before the session is known, which may take a while where it is
    /// on another node. Who has not proved yet who he is gets little memory.
    ///
    /// @return false if the session is known
    synchronized boolean hold(Held request) {
        if (peer != null) return false;
        if (held.size() == MAX_HELD || request.bytes() > MAX_HELD_BYTES - heldBytes) {
            session.close(CloseReason.OVERLOAD);
        } else {
            held.addLast(request);
            heldBytes += request.bytes();
        }
        return true;
    }

    /// The session is known: what has come meanwhile goes to `handler`, and then what comes.
    void greeted(Peer greeted, Consumer<Held> handler) {
        for (Held next = next(greeted); next != null; next = next(greeted)) handler.accept(next);
    }

    private synchronized @Nullable Held next(Peer greeted) {
        Held next = held.pollFirst();
        if (next == null) peer = greeted;
        return next;
    }

    /// Answers on the thread of the handler, which waits for room where it may.
    void answer(Message message, boolean isData) {
        if (!mayWait) push(message, isData);
        else if (!isData && session instanceof ControlSender control) control.sendControl(message);
        else session.send(message);
    }

    /// Says what must be heard; a peer that has no room for it reads too slowly, and is cut off to
    /// come back.
    ///
    /// @return whether it was queued
    boolean push(Message message, boolean isData) {
        Offer outcome = isData && session instanceof SessionControl control
                ? control.offerUrgent(message)
                : offer(message, isData);
        if (outcome == Offer.DROPPED) session.close(CloseReason.TOO_SLOW);
        return outcome == Offer.QUEUED;
    }

    Offer offer(Message message, boolean isData) {
        if (isData) return session.offer(message);
        if (session instanceof ControlSender sender) return sender.offerControl(message);
        return session instanceof SessionControl control ? control.offerUrgent(message) : session.offer(message);
    }

    /// Whether enough of the queue has gone to go on with what waits.
    boolean hasRoom() {
        return session.stats().queuedBytes() < softBytes / ROOM_DIVISOR;
    }
}
