package io.hawser.internal.pool;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// A connection is taken and another given back while the dead between them are unlinked: none of the
/// living is lost, and none is there twice.
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "one was taken, two are left")
@State
public class IdlePruneStress {
    private final IdleStack<Object> stack = new IdleStack<>();
    private final Entry<Object> back = idle();

    public IdlePruneStress() {
        stack.push(idle());
        stack.push(dead());
        stack.push(dead());
        stack.push(idle());
    }

    private Entry<Object> idle() {
        Entry<Object> entry = new Entry<>(stack, Long.MAX_VALUE);
        entry.rest(0);
        return entry;
    }

    private Entry<Object> dead() {
        Entry<Object> entry = idle();
        entry.end();
        return entry;
    }

    @Actor
    public void takesAndGivesBack(II_Result result) {
        result.r1 = stack.pop() == null ? 0 : 1;
        stack.push(back);
    }

    @Actor
    public void prunes() {
        stack.prune();
    }

    @Arbiter
    public void afterwards(II_Result result) {
        while (stack.pop() != null) result.r2++;
    }
}
