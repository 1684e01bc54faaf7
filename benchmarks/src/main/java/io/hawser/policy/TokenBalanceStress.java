package io.hawser.policy;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Two take from a balance of one, and one is added: what was there and what came is what was taken and
/// what is left.
@JCStressTest
@Outcome(
        id = {"1, 1, 0", "1, 0, 1", "0, 1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "two in all")
@State
public class TokenBalanceStress {
    private final TokenBalance balance = new TokenBalance(2, 1);

    @Actor
    public void one(III_Result result) {
        result.r1 = balance.take(1) ? 1 : 0;
    }

    @Actor
    public void other(III_Result result) {
        result.r2 = balance.take(1) ? 1 : 0;
        balance.add(1);
    }

    @Arbiter
    public void afterwards(III_Result result) {
        result.r3 = (int) balance.left();
    }
}
