package io.hawser.internal.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Two ask for the same: each gets what somebody did for it, and who comes afterwards does it anew.
@JCStressTest
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "one did it for both")
@Outcome(
        id = {"1, 2, 3", "2, 1, 3"},
        expect = Expect.ACCEPTABLE,
        desc = "one after the other")
@State
public class SingleFlightStress {
    private final SingleFlight<String, Integer> flights = new SingleFlight<>("a number");
    private final AtomicInteger done = new AtomicInteger();

    private int run() {
        try {
            return flights.run("", done::incrementAndGet).value();
        } catch (Exception failure) {
            return -1;
        }
    }

    @Actor
    public void one(III_Result result) {
        result.r1 = run();
    }

    @Actor
    public void other(III_Result result) {
        result.r2 = run();
    }

    @Arbiter
    public void afterwards(III_Result result) {
        result.r3 = run();
    }
}
