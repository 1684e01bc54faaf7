package io.hawser.internal.io;

import io.hawser.Deadline;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/// A thread that waits without an end, and one that brings about what it waits for: no wake-up is lost.
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "it was woken")
@Outcome(id = "STALE", expect = Expect.FORBIDDEN, desc = "it sleeps on")
@State
public class WaitersStress {
    private final Waiters waiters = new Waiters();
    private volatile boolean isThere;

    @Actor
    public void waits() throws InterruptedException {
        var _ = waiters.await(() -> isThere, Deadline.none());
    }

    @Signal
    public void comes() {
        isThere = true;
        waiters.wakeAll();
    }
}
