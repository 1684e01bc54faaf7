package io.hawser.internal.link;

import io.hawser.session.CloseReason;
import io.hawser.session.SessionState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// The connection of a link ends while somebody closes it: it stays closed, for the reason that was first.
@JCStressTest
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "it was closed")
@Outcome(id = "0, 1, 2", expect = Expect.ACCEPTABLE, desc = "it ended by itself")
@State
public class LinkEndStress {
    private static final int NOT_CLOSED = -1;

    private static final CloseReason CLOSED = CloseReason.of(4001, "closed");
    private static final CloseReason ENDED = CloseReason.of(4002, "ended");

    private final StressedLink link = new StressedLink();

    public LinkEndStress() {
        link.becomesOpen();
    }

    @Actor
    public void closes(III_Result result) {
        result.r1 = link.becomesClosing(CLOSED) ? 1 : 0;
    }

    @Actor
    public void ends(III_Result result) {
        result.r2 = link.becomesClosing(ENDED) ? 1 : 0;
        link.becomeClosed();
    }

    @Arbiter
    public void afterwards(III_Result result) {
        if (link.linkState() != SessionState.CLOSED) result.r3 = NOT_CLOSED;
        else result.r3 = link.closedError().code() == CLOSED.code() ? 1 : 2;
    }
}
