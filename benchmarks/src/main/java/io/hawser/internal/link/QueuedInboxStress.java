package io.hawser.internal.link;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// A loop puts three messages into an inbox, in two turns, while what came in the first is handled: each is
/// handled once, whole and in order, and nobody sleeps while there is one. Afterwards the inbox knows that
/// it is empty.
@JCStressTest
@Outcome(id = "123, 0, 0", expect = Expect.ACCEPTABLE, desc = "all, in order")
@State
public class QueuedInboxStress {
    private static final int LOOKS = 100;
    private static final StressedLink LINK = new StressedLink();

    /// What an item says is written by the loop without a fence.
    private static final class Item {
        int number;
    }

    private static final class Stressed extends QueuedInbox {
        /// How often somebody was to be woken who has not woken yet.
        final AtomicInteger calls = new AtomicInteger();
        /// The numbers that were handled, as digits.
        int handled;

        Stressed() {
            super(LINK);
        }

        @Override
        void firstPublished() {
            calls.incrementAndGet();
        }

        void put(int number) {
            Item item = new Item();
            item.number = number;
            add(item);
        }

        /// As a [ThreadInbox] does it.
        void handleIfCalled() {
            if (calls.get() == 0) return;
            calls.decrementAndGet();
            int published = unhandled();
            while (published > 0) {
                for (int i = 0; i < published; i++) handled = 10 * handled + ((Item) take()).number;
                published = handled(published);
            }
        }
    }

    private final Stressed inbox = new Stressed();

    @Actor
    public void loop() {
        inbox.put(1);
        inbox.dispatch();
        inbox.put(2);
        inbox.put(3);
        inbox.dispatch();
    }

    @Actor
    public void handler() {
        for (int i = 0; i < LOOKS; i++) inbox.handleIfCalled();
    }

    @Arbiter
    public void afterwards(III_Result result) {
        while (inbox.calls.get() > 0) inbox.handleIfCalled();
        result.r1 = inbox.handled;
        result.r2 = inbox.unhandled();
        result.r3 = inbox.isFull() ? 1 : 0;
    }
}
