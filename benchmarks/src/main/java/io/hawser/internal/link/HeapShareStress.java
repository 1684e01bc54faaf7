package io.hawser.internal.link;

import io.netty.channel.EventLoop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// On one loop somebody takes two thirds of a share and gives them back, on another somebody takes and keeps
/// them. Whoever is told to give up, the share is not overdrawn once both loops are done, and its sum is
/// what is held.
@JCStressTest
@Outcome(id = "60, 60, 0", expect = Expect.ACCEPTABLE, desc = "who keeps it has it")
@Outcome(id = "0, 0, 1", expect = Expect.ACCEPTABLE, desc = "both held theirs at once, and it was the one to give up")
@State
public class HeapShareStress {
    private static final long LIMIT = 90;
    private static final long TAKEN = 60;

    private final HeapShare share = new HeapShare(LIMIT);
    private final Holder passes = new Holder(share);
    private final Holder keeps = new Holder(share);

    private static final class Holder extends HeapHolder {
        private final HeapShare share;
        private final HandLoop loop = new HandLoop();
        private long bytes;
        private int givenUp;

        Holder(HeapShare share) {
            this.share = share;
        }

        void holds(long now) {
            bytes = now;
            account();
            loop.runAll();
        }

        @Override
        EventLoop loop() {
            return loop;
        }

        @Override
        boolean isGone() {
            return false;
        }

        @Override
        HeapShare share() {
            return share;
        }

        @Override
        long heldBytes() {
            return bytes;
        }

        @Override
        void giveUp() {
            bytes = 0;
            givenUp++;
        }
    }

    @Actor
    public void passes() {
        passes.holds(TAKEN);
        passes.holds(0);
    }

    @Actor
    public void keeps() {
        keeps.holds(TAKEN);
    }

    @Arbiter
    public void afterwards(III_Result result) {
        while (passes.loop.hasTasks() || keeps.loop.hasTasks()) {
            passes.loop.runAll();
            keeps.loop.runAll();
        }
        result.r1 = (int) share.heldBytes();
        result.r2 = (int) (passes.knownBytes + keeps.knownBytes);
        result.r3 = keeps.givenUp;
    }
}
