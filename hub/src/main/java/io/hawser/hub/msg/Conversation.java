package io.hawser.hub.msg;

import io.hawser.session.CloseReason;
import io.hawser.session.Message;
import io.hawser.session.Session;
import io.hawser.session.SessionHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Shows what comes, counts what goes and comes, and knows when it is over: when `count` messages have come;
/// else, after the end of the input, when as many have come as were sent, or nobody waits any longer.
///
/// Lock: this monitor guards all fields.
public final class Conversation implements SessionHandler {
    private final Lines lines;
    private final int count;
    private final IntPredicate isFinal;
    private int sent;
    private int received;
    private int connections;
    private boolean inputEnded;
    private boolean over;
    private @Nullable String failure;

    /// A conversation that has not begun.
    ///
    /// @param count how many messages to wait for; 0 for no such end
    /// @param isFinal whether a session that ended with this code is not tried again
    public Conversation(Lines lines, int count, IntPredicate isFinal) {
        this.lines = lines;
        this.count = count;
        this.isFinal = isFinal;
    }

    @Override
    public synchronized void opened(Session session) {
        if (connections++ > 0) lines.note("connected again, to " + session.remote());
    }

    @Override
    public synchronized void message(Session session, Message message) {
        if (over) return;
        lines.show(MessageText.shown(message.bytes()));
        received++;
        over = count > 0 && received >= count;
        notifyAll();
    }

    @Override
    public synchronized void closed(Session session, CloseReason reason) {
        if (over) return;
        if (reason.code() == CloseReason.NORMAL.code() && isFinal.test(reason.code())) end();
        else if (isFinal.test(reason.code())) fail("the server ended the session: " + reason);
        else lines.note("connection ended (" + reason + "), trying again");
    }

    /// Whether there has been a session.
    public synchronized boolean hasBegun() {
        return connections > 0;
    }

    /// A message is about to be sent.
    public synchronized void sending() {
        sent++;
    }

    private void end() {
        over = true;
        notifyAll();
    }

    public synchronized void inputEnded() {
        inputEnded = true;
        if (lines.isInteractive()) over = true;
        notifyAll();
    }

    public synchronized void fail(String why) {
        if (failure == null) failure = why;
        over = true;
        notifyAll();
    }

    /// Waits until it is over, after the end of the input for `patience` at most.
    ///
    /// @return whether all that was expected has come
    public synchronized boolean awaitEnd(Duration patience) throws InterruptedException {
        while (!over && !inputEnded) wait();
        long end = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0 && !isDone(); left = end - System.nanoTime()) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        boolean wasOver = isDone();
        boolean hasEnough = received >= count;
        over = true;
        if (failure != null) lines.note(failure);
        else if (!hasEnough) lines.note(received + " of " + count + " messages came");
        else if (!wasOver) lines.note(received + " messages came for " + sent + " sent");
        return failure == null && hasEnough;
    }

    private boolean isDone() {
        return over || (inputEnded && count == 0 && received >= sent);
    }
}
