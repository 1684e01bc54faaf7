package io.hawser.internal.http2;

import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// A caller wants the one slot of a connection that is to be closed because nobody has used it for long: he has
/// it and it stays open, or it is closed, and nobody gets one any more.
@JCStressTest
@Outcome(id = "1, 0, 0", expect = Expect.ACCEPTABLE, desc = "it is in use")
@Outcome(id = "0, 1, 0", expect = Expect.ACCEPTABLE, desc = "it was closed before")
@Outcome(expect = Expect.FORBIDDEN, desc = "a slot of a closed connection, or one too many")
@State
public class SlotsStress {
    private static final long LONG_AFTER = TimeUnit.MINUTES.toNanos(1);

    private final Slots slots = new Slots(1, 0);

    @Actor
    public void caller(III_Result result) {
        result.r1 = slots.take() ? 1 : 0;
    }

    @Actor
    public void closer(III_Result result) {
        result.r2 = slots.closeIfForgotten(LONG_AFTER) ? 1 : 0;
    }

    @Arbiter
    public void afterwards(III_Result result) {
        result.r3 = slots.take() ? 1 : 0;
    }
}
