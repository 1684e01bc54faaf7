package io.hawser.internal.link;

import io.hawser.session.CloseReason;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Two close a link, each with a reason of its own, and one looks at it before: one reason counts, who sees that the
/// link ends sees why, and neither finds it open afterwards.
@JCStressTest
@Outcome(
        id = {"1, 0, 0", "0, 1, 0"},
        expect = Expect.ACCEPTABLE,
        desc = "who looked was early")
@Outcome(id = "1, 0, 1", expect = Expect.ACCEPTABLE, desc = "who looked saw why")
@State
public class LinkStateStress {
    private static final int STILL_OPEN = -1;
    private static final int WITHOUT_REASON = -2;

    private static final CloseReason ONE = CloseReason.of(4001, "one");
    private static final CloseReason OTHER = CloseReason.of(4002, "other");

    private final StressedLink link = new StressedLink();

    public LinkStateStress() {
        link.becomesOpen();
    }

    private int close(CloseReason reason) {
        if (link.becomesClosing(reason)) return 1;
        return link.isOpen() ? STILL_OPEN : 0;
    }

    @Actor
    public void one(III_Result result) {
        result.r1 = close(ONE);
    }

    @Actor
    public void other(III_Result result) {
        if (link.isEnding()) result.r3 = link.closedError().code() == ONE.code() ? 1 : WITHOUT_REASON;
        result.r2 = close(OTHER);
    }
}
