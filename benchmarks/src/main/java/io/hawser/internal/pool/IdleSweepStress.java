package io.hawser.internal.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A caller wants the one idle connection while the sweep looks at it: it has one owner at most, and is not
/// lost.
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "the caller has it")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "the sweep had it in hand, and it waits again")
@State
public class IdleSweepStress {
    private final IdleStack<Object> stack = new IdleStack<>();
    private final Entry<Object> entry = new Entry<>(stack, Long.MAX_VALUE);

    public IdleSweepStress() {
        entry.rest(0);
        stack.push(entry);
    }

    private int got() {
        return stack.pop() == null ? 0 : 1;
    }

    @Actor
    public void caller(II_Result result) {
        result.r1 = got();
    }

    @Actor
    public void sweep() {
        if (entry.check() && !entry.uncheck()) stack.push(entry);
    }

    @Arbiter
    public void afterwards(II_Result result) {
        result.r2 = got();
    }
}
