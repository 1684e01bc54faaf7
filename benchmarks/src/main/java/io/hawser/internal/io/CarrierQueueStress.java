package io.hawser.internal.io;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Two virtual threads become ready while their loop turns, is found to wait for a lock, or stops: each runs once, on
/// the
/// loop or elsewhere, and the loop is never asked twice for one turn.
public class CarrierQueueStress {
    private static final int LOOKS = 20;

    /// A loop that has been asked for so many turns, and may have stopped.
    static class Stressed {
        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger first = new AtomicInteger();
        final AtomicInteger second = new AtomicInteger();
        volatile boolean hasStopped;
        volatile boolean wasAskedTwice;
        final CarrierQueue queue = new CarrierQueue(this::ask, Runnable::run);

        private void ask(Runnable turn) {
            if (hasStopped) throw new RejectedExecutionException();
            if (asked.incrementAndGet() > 1) wasAskedTwice = true;
        }

        void becomesReady(AtomicInteger runs) {
            queue.add(new CarrierQueue.Ready() {
                @Override
                public void turn() {
                    runs.incrementAndGet();
                }

                @Override
                public Runnable continuation() {
                    return this::turn;
                }
            });
        }

        void turn() {
            if (asked.get() == 0) return;
            asked.decrementAndGet();
            queue.run();
        }

        void result(III_Result result) {
            result.r1 = first.get();
            result.r2 = second.get();
            result.r3 = wasAskedTwice ? 1 : 0;
        }
    }

    /// The loop turns, and its watchdog once takes from it what is ready.
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "each ran once")
    @State
    public static class Turning extends Stressed {
        @Actor
        public void waker() {
            becomesReady(first);
            becomesReady(second);
        }

        @Actor
        public void loop() {
            for (int i = 0; i < LOOKS; i++) turn();
            queue.moveElsewhere();
            for (int i = 0; i < LOOKS; i++) turn();
        }

        @Arbiter
        public void afterwards(III_Result result) {
            while (asked.get() > 0) turn();
            result(result);
        }
    }

    /// The loop stops, and may have accepted a turn that it does not run any more.
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "each ran once")
    @State
    public static class Stopping extends Stressed {
        @Actor
        public void waker() {
            becomesReady(first);
            becomesReady(second);
        }

        @Actor
        public void loop() {
            hasStopped = true;
            queue.loopHasStopped();
        }

        @Arbiter
        public void afterwards(III_Result result) {
            result(result);
        }
    }
}
